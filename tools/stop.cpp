// SPDX-License-Identifier: Apache-2.0
#include "tools/stop.hpp"

#include <unistd.h>
#include <csignal>

namespace polder::tools {

namespace {

// The one mutable static of the program: a signal handler has no other way to tell.
volatile std::sig_atomic_t asked_by = 0;

extern "C" void on_stop_signal(int signal) {
  if (asked_by != 0) _exit(128 + signal);
  asked_by = signal;
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(signal, &action, nullptr);
}

}  // namespace

void listen_for_stop() {
  handle(SIGINT, on_stop_signal);
  handle(SIGTERM, on_stop_signal);
  handle(SIGPIPE, SIG_IGN);
}

int stop_signal() {
  return asked_by;
}

}  // namespace polder::tools
