// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and SIGTERM: a run stops at the end of its month and writes a checkpoint.
#pragma once

namespace polder::tools {

/// From now on the first SIGINT or SIGTERM only asks to stop; the second one ends the program at once. A
/// closed pipe is no longer deadly.
void listen_for_stop();
/// Number of the signal that asked to stop; 0 when nobody asked.
int stop_signal();

}  // namespace polder::tools
