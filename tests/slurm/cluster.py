#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A Slurm of one's own: a controller and two nodes on this machine, in one private folder, gone with it.
Usage: cluster.py [COMMAND...]   runs COMMAND (default: a shell) with that Slurm, then stops it; 77 where it cannot start."""
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

PROGRAMS = ("slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel")

CONFIGURATION = """
ClusterName=polder-test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/none
# A requeued task waits until its old credential has expired: two minutes, unless it is told otherwise.
AuthInfo=cred_expire=5
CredType=cred/none
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/jobcomp.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
DefMemPerCPU=200
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
KillWait=2
SlurmdTimeout=10
NodeName=n0 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2 RealMemory=800 State=UNKNOWN
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2 RealMemory=800 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


class CannotStart(Exception):
    """Slurm is not installed, or cannot run here."""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        self.env = dict(os.environ, PATH=path, SLURM_CONF=str(self.folder / "slurm.conf"))
        for name in list(self.env):
            if name.startswith("SLURM_") and name != "SLURM_CONF":
                del self.env[name]
        missing = [name for name in PROGRAMS if shutil.which(name, path=path) is None]
        if missing:
            raise CannotStart(f"{', '.join(missing)} not installed (Debian: slurmctld slurmd slurm-client)")

    def __enter__(self):
        text = CONFIGURATION.format(host=socket.gethostname().split(".")[0], folder=self.folder, ports=free_ports(3),
                                    user=pwd.getpwuid(os.getuid()).pw_name)
        (self.folder / "slurm.conf").write_text(text)
        for name in ("state", "spool.n0", "spool.n1"):
            (self.folder / name).mkdir()
        try:
            self.start(["slurmctld", "-i"])
            self.start(["slurmd", "-N", "n0"])
            self.start(["slurmd", "-N", "n1"])
            self.wait(lambda: self.run("sinfo", "-h", "-t", "idle", "-o", "%D").strip() == "2", 30, "two idle nodes")
        except (CannotStart, TimeoutError, subprocess.TimeoutExpired) as reason:
            self.stop()
            raise CannotStart(reason) from reason
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self, command):
        done = subprocess.run(command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=60)
        if done.returncode != 0:
            raise CannotStart(f"{command[0]}: {done.stderr.strip()}")

    def stop(self):
        for name in ("slurmd.n0", "slurmd.n1", "slurmctld"):
            try:
                os.kill(int((self.folder / f"{name}.pid").read_text()), 15)
            except (OSError, ValueError):
                continue
        deadline = time.time() + 10
        while time.time() < deadline and list(self.folder.glob("*.pid")):
            time.sleep(0.1)

    def run(self, *command):
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=60)
        return done.stdout

    def must(self, *command):
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return done.stdout

    def wait(self, condition, seconds, what):
        deadline = time.time() + seconds
        while not condition():
            if time.time() > deadline:
                raise TimeoutError(f"no {what} within {seconds} s\n" + self.logs())
            time.sleep(0.1)

    def jobs(self):
        """Lines of job, state, reason."""
        return self.run("squeue", "-h", "-r", "-o", "%A %F_%K %T %r").splitlines()

    def logs(self):
        parts = []
        for log in sorted(self.folder.glob("*.log")):
            parts.append(f"--- {log.name}\n" + "\n".join(log.read_text().splitlines()[-40:]))
        return "\n".join(parts + self.jobs())


def main(command):
    # Slurm's paths must be short enough for a socket.
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        try:
            with Cluster(folder) as cluster:
                print(f"Two nodes of 2 cores and 800 MB, n0 and n1, in the partition main; logs in {folder}. "
                      "They stop when this command ends.", flush=True)
                return subprocess.run(command, env=cluster.env).returncode
        except CannotStart as reason:
            print(f"Slurm cannot be started here: {reason}", file=sys.stderr)
            return 77


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [os.environ.get("SHELL", "/bin/bash")]))
