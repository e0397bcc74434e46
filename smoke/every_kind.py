# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""every kind that can be created: create, get, list, label, apply, delete"""
from harness import HERE, Wrong

NEEDED = {"create", "delete", "get", "list", "patch", "update", "watch"}


def steps(s, server):
    covered = set()
    for manifest in sorted((HERE / "kinds").glob("*.yaml")):
        s.step(f"kind {manifest.stem}", lambda manifest=manifest: one(s, manifest, covered))
    s.step("no kind was left out", lambda: complete(s, covered))


def one(s, manifest, covered):
    file = f"-f {manifest.relative_to(HERE)}"
    resource = s.ask(f"kubectl create {file} -o name").out.strip()
    kind = resource.split("/")[0]
    covered.add(kind)
    try:
        s.ask(f"kubectl get {file}", "OBJECT" if kind.split(".")[0] == "event" else "NAME")
        s.ask(f"kubectl label {file} smoke=yes", "labeled")
        # By force, since defaults within lists that are owned as a whole are another's.
        s.ask(f"kubectl apply --server-side --force-conflicts {file}", "serverside-applied")
        live = s.ask(f"kubectl get {file} -o yaml", "smoke: \"yes\"", "uid: ").out
        s.ask("kubectl replace -f -", "replaced", stdin=live.replace("smoke: ", "smoke-too: "))
        s.ask(f"kubectl get {kind} -l smoke-too=yes -o name", exact=resource)
        if kind == "namespace":
            s.ask(f"kubectl describe {file}", "Name:")
    finally:
        s.ask(f"kubectl delete {file} --grace-period=0 --force --wait=false", code=None)
    s.ask(f"kubectl wait --for=delete {file} --timeout=30s")


def complete(s, covered):
    """What api-resources lists with all verbs must have been among the manifests."""
    left_out = []
    for line in s.ask("kubectl api-resources -o wide --no-headers").out.splitlines():
        words = line.split()
        verbs = next(set(word.split(",")) for word in words[1:] if "get" in word or "create" in word)
        at = next(i for i, word in enumerate(words) if word in ("true", "false") and i > 1)
        group = words[at - 1].split("/")[0] if "/" in words[at - 1] else ""
        kind = words[at + 1].lower() + ("." + group if group else "")
        if NEEDED <= verbs and kind not in covered:
            left_out.append(kind)
    if left_out:
        raise Wrong(f"not tried: {left_out}")
