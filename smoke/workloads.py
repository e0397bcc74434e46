# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""changing things: apply, diff, patch, edit, scale, wait, watch, delete, nodes"""
import json
import subprocess
import threading
import time

from harness import Wrong

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: registry.example/web:1
        ports: [{containerPort: 8080}]
"""
POD = """
apiVersion: v1
kind: Pod
metadata: {name: solo, labels: {app: solo}}
spec:
  containers:
  - {name: main, image: "registry.example/main:1"}
"""
NODE = """
apiVersion: v1
kind: Node
metadata: {name: worker-1, labels: {zone: a}}
status:
  capacity: {cpu: "4", memory: 8Gi, pods: "110"}
  allocatable: {cpu: "4", memory: 8Gi, pods: "110"}
"""


def steps(s, server):
    s.check("apply creates", "kubectl apply -f -", exact="deployment.apps/web created", stdin=DEPLOYMENT)
    s.check("apply changes nothing", "kubectl apply -f -", exact="deployment.apps/web unchanged", stdin=DEPLOYMENT)
    changed = DEPLOYMENT.replace("replicas: 2", "replicas: 3")
    s.check("diff shows the change", "kubectl diff -f -", "-  replicas: 2", "+  replicas: 3", code=1, stdin=changed)
    s.check("dry run on the server", "kubectl apply --dry-run=server -f -", "configured (server dry run)", stdin=changed)
    s.check("... changed nothing", "kubectl get deployment web -o jsonpath={.spec.replicas}", exact="2")
    s.check("apply changes", "kubectl apply -f -", exact="deployment.apps/web configured", stdin=changed)
    s.check("diff shows nothing", "kubectl diff -f -", exact="", stdin=changed)
    s.check("apply view-last-applied", "kubectl apply view-last-applied deployment/web", "replicas: 3", "registry.example/web:1")
    s.check(
        "apply on the server", "kubectl apply --server-side --field-manager=smoke -f -",
        exact="configmap/shared serverside-applied", stdin=config_map("shared", a="1"))
    s.check(
        "apply of another is a conflict", "kubectl apply --server-side --field-manager=other -f -",
        'conflict with "smoke"', ".data.a", code=1, stdin=config_map("shared", a="2"))
    s.check(
        "apply with force", "kubectl apply --server-side --field-manager=other --force-conflicts -f -",
        "serverside-applied", stdin=config_map("shared", a="2"))
    s.step("who owns which field", lambda: owners(s))
    s.check(
        "apply with prune", "kubectl apply --prune -l part=pruned --prune-allowlist=core/v1/ConfigMap -f -",
        "created", stdin=config_map("pruned-a", labels={"part": "pruned"}, a="1"))
    s.check(
        "... prunes what is gone", "kubectl apply --prune -l part=pruned --prune-allowlist=core/v1/ConfigMap -f -",
        "configmap/pruned-a pruned", stdin=config_map("pruned-b", labels={"part": "pruned"}, a="1"))
    s.check(
        "patch, strategic", "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":"
        "[{\"name\":\"side\",\"image\":\"registry.example/side:1\"}]}}}}'", "deployment.apps/web patched")
    s.check(
        "... merged by name", "kubectl get deployment web -o jsonpath={.spec.template.spec.containers[*].name}",
        exact="side web")
    s.check(
        "patch, merge", "kubectl patch deployment web --type=merge -p '{\"spec\":{\"minReadySeconds\":5}}'", "patched")
    s.check(
        "patch, JSON",
        "kubectl patch deployment web --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":4},"
        "{\"op\":\"test\",\"path\":\"/spec/minReadySeconds\",\"value\":5}]'", "patched")
    s.check(
        "patch that fails its test",
        "kubectl patch deployment web --type=json -p '[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":9}]'",
        "the server rejected our request due to an error in our request", code=1)
    s.check("patch of a subresource", "kubectl patch deployment web --subresource=status --type=merge "
            "-p '{\"status\":{\"observedGeneration\":3,\"replicas\":4,\"readyReplicas\":4,\"updatedReplicas\":4,"
            "\"availableReplicas\":4}}'", "patched")
    s.check("patch of nothing", "kubectl patch deployment web --type=merge -p {}", "patched (no change)")
    s.step("edit", lambda: edit(s))
    s.check("label", "kubectl label deployment web tier=front", exact="deployment.apps/web labeled")
    s.check("label again needs --overwrite", "kubectl label deployment web tier=back", "--overwrite is false", code=1)
    s.check("label with overwrite", "kubectl label --overwrite deployment web tier=back", "labeled")
    s.check("unlabel", "kubectl label deployment web tier-", exact="deployment.apps/web unlabeled")
    s.check("annotate", "kubectl annotate deployment web note=seen", exact="deployment.apps/web annotated")
    s.check("scale", "kubectl scale deployment web --replicas=5", exact="deployment.apps/web scaled")
    s.check(
        "scale with a precondition", "kubectl scale deployment web --current-replicas=4 --replicas=6",
        "Expected replicas to be 4, was 5", code=1)
    s.check("get the scale", "kubectl get --raw /apis/apps/v1/namespaces/smoke/deployments/web/scale", '"replicas":5',
            '"selector":"app=web"')
    s.check("autoscale", "kubectl autoscale deployment web --min=2 --max=6 --cpu=70%", "autoscaled")
    s.check("... exists", "kubectl get hpa web", "Deployment/web", "70%", "2", "6")
    s.check("set image", "kubectl set image deployment/web web=registry.example/web:2", "image updated")
    s.check("set env", "kubectl set env deployment/web COLOR=blue -c web", "env updated")
    s.check("set env --list", "kubectl set env deployment/web --list", "COLOR=blue")
    s.check("set resources", "kubectl set resources deployment/web -c web --requests=cpu=100m --limits=cpu=200m",
            "resource requirements updated")
    s.check("set serviceaccount", "kubectl set serviceaccount deployment/web default", "serviceaccount updated")
    s.check("rollout status waits", "kubectl rollout status deployment/web --timeout=1s", "Waiting for deployment", code=1)
    s.step("rollout status is done", lambda: rollout(s))
    s.check("rollout restart", "kubectl rollout restart deployment/web", "restarted")
    s.check("rollout pause", "kubectl rollout pause deployment/web", "paused")
    s.check("rollout resume", "kubectl rollout resume deployment/web", "resumed")
    s.step("rollout history and undo", lambda: history(s))
    s.check("run", "kubectl run runner --image=registry.example/run:1 --restart=Never", exact="pod/runner created")
    s.check("run, dry", "kubectl run dry --image=registry.example/run:1 --dry-run=server -o yaml", "name: dry", "serviceAccountName: default")
    s.check("create a pod", "kubectl create -f -", exact="pod/solo created", stdin=POD)
    s.check("pods get a token volume", "kubectl get pod solo -o jsonpath={.spec.volumes[0].projected.sources[0].serviceAccountToken.path}", exact="token")
    s.step("replace", lambda: replace(s))
    s.check("replace of what can't change", "kubectl replace -f -", "Forbidden: pod updates may not change fields", code=1,
            stdin=POD.replace("name: main", "name: other"))
    s.check("replace by force", "kubectl replace --force --grace-period=0 -f -", "replaced", stdin=POD)
    s.check("set a pod's status", "kubectl patch pod solo --subresource=status --type=merge -p "
            "'{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}'", "patched")
    s.check("wait for a condition", "kubectl wait --for=condition=Ready pod/solo --timeout=5s", "condition met")
    s.check("wait for a value", "kubectl wait --for=jsonpath={.status.phase}=Running pod/solo --timeout=5s", "condition met")
    s.check("wait in vain", "kubectl wait --for=condition=Ready pod/runner --timeout=1s", "timed out waiting", code=1)
    s.step("watch", lambda: watch(s))
    s.check("logs without a node", "kubectl logs solo", "", code=None)
    s.check("exec without a node", "kubectl exec solo -- ls", "pod solo does not have a host assigned", code=1)
    s.check("attach without a node", "kubectl attach solo", "pod solo does not have a host assigned", code=1)
    s.check("expose", "kubectl expose deployment web --port=80 --target-port=8080", exact="service/web exposed")
    s.check("expose on nodes", "kubectl expose pod solo --port=81 --type=NodePort --name=solo", exact="service/solo exposed")
    s.check("... has a port", "kubectl get service solo -o jsonpath={.spec.ports[0].nodePort}", "3")
    s.check("events", "kubectl create -f -", "created", stdin=event())
    s.check("... shown", "kubectl events", "Warning", "Tripped", "Pod/solo", "the pod tripped")
    s.check("... of an object", "kubectl events --for pod/solo", "Tripped")
    s.check("create a node", "kubectl create -f -", exact="node/worker-1 created", stdin=NODE)
    s.check("cordon", "kubectl cordon worker-1", exact="node/worker-1 cordoned")
    s.check("... is shown", "kubectl get node worker-1", "Unknown,SchedulingDisabled")
    s.check("uncordon", "kubectl uncordon worker-1", exact="node/worker-1 uncordoned")
    s.check("taint", "kubectl taint node worker-1 role=db:NoSchedule", exact="node/worker-1 tainted")
    s.check("untaint", "kubectl taint node worker-1 role:NoSchedule-", exact="node/worker-1 untainted")
    s.check("drain", "kubectl drain worker-1 --ignore-daemonsets --timeout=10s", "drained")
    s.check("top has no metrics", "kubectl top pods", "Metrics API not available", code=1)
    s.check("kustomize", "kubectl apply -k kustomize", "configmap/kustom-settings-", "created")
    s.check("... applied", "kubectl get configmaps -l made-by=kustomize -o jsonpath={.items[*].data.level}", exact="high")
    s.check("delete, kustomize", "kubectl delete -k kustomize", "deleted")
    s.check("delete with finalizer, not waiting", "kubectl create -f -", "created", stdin=config_map("held", finalizers=["smoke.example/hold"], a="1"))
    s.check("... begins", "kubectl delete configmap held --wait=false", 'configmap "held" deleted')
    s.check("... goes on", "kubectl get configmap held -o jsonpath={.metadata.deletionTimestamp}", "T")
    s.check("... ends", "kubectl patch configmap held --type=merge -p '{\"metadata\":{\"finalizers\":null}}'", "patched")
    s.check("... is gone", "kubectl get configmap held", "not found", code=1)
    s.check("delete a pod now", "kubectl delete pod solo --now", 'pod "solo" deleted', code=0)
    s.check("delete by label", "kubectl delete configmaps -l part=pruned", 'configmap "pruned-b" deleted')
    s.check("delete and wait", "kubectl delete deployment web --wait", 'deployment.apps "web" deleted')
    s.check("delete, orphaning", "kubectl delete hpa web --cascade=orphan", "deleted")
    s.check("delete again", "kubectl delete deployment web", "not found", code=1)
    s.check("delete if there", "kubectl delete deployment web --ignore-not-found", exact="")


def config_map(name, labels=None, finalizers=None, **data):
    return json.dumps({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": name, **({"labels": labels} if labels else {}),
                     **({"finalizers": finalizers} if finalizers else {})}, "data": data})


def event():
    return json.dumps({
        "apiVersion": "v1", "kind": "Event", "metadata": {"name": "solo.1", "namespace": "smoke"}, "type": "Warning",
        "reason": "Tripped", "message": "the pod tripped", "involvedObject": {
            "apiVersion": "v1", "kind": "Pod", "name": "solo", "namespace": "smoke"}, "source": {"component": "smoke"},
        "firstTimestamp": "2026-01-02T03:04:05Z", "lastTimestamp": "2026-01-02T03:04:05Z", "count": 1})


def owners(s):
    entries = s.ask_json("kubectl get configmap shared -o json --show-managed-fields")["metadata"]["managedFields"]
    if [e["manager"] for e in entries if "f:a" in e["fieldsV1"].get("f:data", {})] != ["other"]:
        raise Wrong(f"owners of .data.a: {entries}")


def edit(s):
    s.ask("kubectl edit configmap shared", "configmap/shared edited", env={"EDITOR": "sed -i 's/^  a: .*/  a: \"9\"/'"})
    s.ask("kubectl get configmap shared -o jsonpath={.data.a}", exact="9")
    s.ask("kubectl edit configmap shared", "Edit cancelled, no changes made.", env={"EDITOR": "true"})


def replace(s):
    """As a pod's defaults can't be taken away again, what is replaced is what was read."""
    pod = s.ask("kubectl get pod solo -o yaml").out.replace("app: solo", "app: alone").replace("main:1", "main:2")
    s.ask("kubectl replace -f -", exact="pod/solo replaced", stdin=pod)
    s.ask("kubectl get pod solo -o jsonpath={.metadata.labels.app}:{.spec.containers[0].image}",
          exact="alone:registry.example/main:2")


def rollout(s):
    generation = s.ask("kubectl get deployment web -o jsonpath={.metadata.generation}").out
    s.ask("kubectl patch deployment web --subresource=status --type=merge -p "
          f"'{{\"status\":{{\"observedGeneration\":{generation},\"replicas\":5,\"updatedReplicas\":5,\"readyReplicas\":5,"
          "\"availableReplicas\":5}}'", "patched")
    s.ask("kubectl rollout status deployment/web --timeout=5s", "successfully rolled out")


def history(s):
    """No controller makes revisions here, so the step makes two, as that one would."""
    owner = s.ask("kubectl get deployment web -o jsonpath={.metadata.uid}").out
    for revision in (1, 2):
        s.ask("kubectl create -f -", "created", stdin=json.dumps({
            "apiVersion": "apps/v1", "kind": "ReplicaSet",
            "metadata": {
                "name": f"web-{revision}", "labels": {"app": "web"},
                "annotations": {"deployment.kubernetes.io/revision": str(revision)},
                "ownerReferences": [{
                    "apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "uid": owner, "controller": True}]},
            "spec": {
                "replicas": 0, "selector": {"matchLabels": {"app": "web", "pod-template-hash": str(revision)}},
                "template": {
                    "metadata": {"labels": {"app": "web", "pod-template-hash": str(revision)}},
                    "spec": {"containers": [{"name": "web", "image": f"registry.example/web:{revision}"}]}}}}))
    s.ask("kubectl rollout history deployment/web", "REVISION", "1", "2")
    s.ask("kubectl rollout history deployment/web --revision=1", "registry.example/web:1")
    s.ask("kubectl rollout undo deployment/web --to-revision=1", "rolled back")
    s.ask("kubectl get deployment web -o jsonpath={.spec.template.spec.containers[0].image}", exact="registry.example/web:1")


def watch(s):
    """A watch sees an object come, change and go."""
    s.ask("kubectl create configmap watched --from-literal=a=1", "created")
    seen = subprocess.Popen(
        [s.programs["kubectl"], "get", "configmap", "watched", "-w", "--output-watch-events", "--no-headers",
         "-o", "custom-columns=T:.type,A:.object.data.a"],
        stdout=subprocess.PIPE, text=True, env=dict(s.environment, KUBECONFIG=s.kubeconfig))
    lines = []
    reader = threading.Thread(target=lambda: lines.extend(line.split() for line in seen.stdout), daemon=True)
    reader.start()
    try:
        until(lambda: len(lines) >= 1)
        s.ask("kubectl patch configmap watched --type=merge -p '{\"data\":{\"a\":\"2\"}}'")
        until(lambda: len(lines) >= 2)
        s.ask("kubectl delete configmap watched")
        until(lambda: len(lines) >= 3)
    finally:
        seen.terminate()
        seen.wait(5)
    if lines != [["ADDED", "1"], ["MODIFIED", "2"], ["DELETED", "2"]]:
        raise Wrong(f"the watch saw {lines}")


def until(condition):
    end = time.monotonic() + 5
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
