# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""What the steps of the smoke share: a server in a process of its own, the real clients, numbered checks."""
import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "smoke"
PATIENCE = 60


class Wrong(Exception):
    """A step that did not do what it should."""


class Answer:
    def __init__(self, command, code, out, err):
        self.command, self.code, self.out, self.err = command, code, out, err

    def text(self):
        return (self.err + self.out).strip()


class Server:
    """./apiserver in a folder of its own, on a free port; started again on the same one."""

    def __init__(self, folder, flags=()):
        self.folder = pathlib.Path(folder)
        self.port = "0"
        self.flags = list(flags)
        self.process = None
        self.kubeconfig = None
        self.url = None

    def start(self):
        log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen(
            [str(ROOT / "apiserver"), f"--secure-port={self.port}", f"--cert-dir={self.folder / 'certs'}", *self.flags],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        found = re.match(r"Serving (https://\S+:(\d+)) kubeconfig (.+)$", line)
        if not found:
            raise Wrong(f"the server said {line!r} instead of being ready, see {self.folder / 'server.log'}")
        self.url, self.port, self.kubeconfig = found.groups()

    def stop(self):
        """Ends it with SIGTERM; returns the exit code and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Wrong("the server did not end after SIGTERM") from None
        return code, time.monotonic() - began


class Smoke:
    """Runs steps, counts them, and says how each ended."""

    def __init__(self, kubectl, helm, folder, only=None):
        self.programs = {"kubectl": str(kubectl), "helm": str(helm)}
        self.folder = pathlib.Path(folder)
        self.only = only
        self.kubeconfig = ""
        self.passed = self.failed = self.skipped = 0
        self.environment = dict(
            os.environ, HOME=str(folder), HELM_CACHE_HOME=f"{folder}/helm", HELM_CONFIG_HOME=f"{folder}/helm",
            HELM_DATA_HOME=f"{folder}/helm", KUBECTL_EXTERNAL_DIFF="diff -u")

    def run(self, command, stdin=None, env=None, timeout=PATIENCE):
        """Runs a line that begins with kubectl or helm; no shell is involved."""
        words = shlex.split(command)
        program = self.programs[words[0]]
        environment = dict(self.environment, KUBECONFIG=self.kubeconfig, **(env or {}))
        try:
            done = subprocess.run(
                [program, *words[1:]], input=stdin or "", capture_output=True, text=True, timeout=timeout,
                env=environment, cwd=HERE)
        except subprocess.TimeoutExpired:
            raise Wrong(f"{command}: took more than {timeout} s") from None
        return Answer(command, done.returncode, done.stdout, done.stderr)

    def ask(self, command, *texts, code=0, lacks=(), exact=None, stdin=None, env=None):
        """Runs a line and requires its exit code, texts within its output, or the whole output."""
        answer = self.run(command, stdin, env)
        if code is not None and answer.code != code:
            raise Wrong(f"{command}: exit code {answer.code} instead of {code}: {answer.text()}")
        for text in texts:
            if text not in answer.out + answer.err:
                raise Wrong(f"{command}: lacks {text!r}: {answer.text()}")
        for text in lacks:
            if text in answer.out + answer.err:
                raise Wrong(f"{command}: has {text!r}: {answer.text()}")
        if exact is not None and answer.out.strip() != exact:
            raise Wrong(f"{command}: is {answer.out.strip()!r} instead of {exact!r} {answer.err.strip()}")
        return answer

    def ask_json(self, command, stdin=None):
        return json.loads(self.ask(command, stdin=stdin).out)

    def step(self, title, work):
        """One numbered step: a function, or a tuple of the arguments of ask."""
        number = self.passed + self.failed + self.skipped + 1
        if self.only and not re.search(self.only, title):
            self.skipped += 1
            return
        try:
            work()
        except (Wrong, OSError, ValueError, KeyError, IndexError, AttributeError) as failure:
            self.failed += 1
            reason = str(failure) if isinstance(failure, Wrong) else f"{type(failure).__name__}: {failure}"
            print(f"{number:3} FAILED {title}\n           {shortened(reason)}", flush=True)
        else:
            self.passed += 1
            print(f"{number:3} ok     {title}", flush=True)

    def check(self, title, command, *texts, **rules):
        self.step(title, lambda: self.ask(command, *texts, **rules))

    def skip(self, title, reason):
        self.skipped += 1
        print(f"    skip   {title}: {reason}", flush=True)

    def closing(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped", flush=True)
        return 1 if self.failed else 0


def shortened(text, limit=900):
    text = text.strip().replace("\n", "\n           ")
    return text if len(text) <= limit else text[: limit // 3] + " … " + text[-2 * limit // 3 :]


def clients():
    """Paths of kubectl and helm, or the reason why there are none."""
    answer = subprocess.run(
        [str(ROOT / "tools/clients")], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    found = dict(line.split("=", 1) for line in answer.stdout.splitlines() if "=" in line)
    return found if answer.returncode == 0 else None


def wait_until(what, condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise Wrong(f"waited {seconds} s in vain: {what}")
        time.sleep(0.1)


if sys.version_info < (3, 8):
    sys.exit("smoke: needs Python 3.8 or newer")
