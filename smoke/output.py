# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""ways to look: output formats, selectors, describe"""
import json

from harness import Wrong

OBJECTS = """
apiVersion: v1
kind: Pod
metadata: {name: shown-a, labels: {app: shown, step: one}}
spec:
  nodeName: worker-1
  containers:
  - {name: main, image: "registry.example/main:1", ports: [{containerPort: 8080, name: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: shown-b, labels: {app: shown, step: two}}
spec:
  containers:
  - {name: main, image: "registry.example/main:1"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shown}
spec:
  selector: {matchLabels: {app: shown-not}}
  template:
    metadata: {labels: {app: shown-not}}
    spec:
      containers:
      - {name: main, image: "registry.example/main:1"}
---
apiVersion: v1
kind: Service
metadata: {name: shown}
spec:
  selector: {app: shown}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: v1
kind: Secret
metadata: {name: shown}
stringData: {word: open}
---
apiVersion: batch/v1
kind: Job
metadata: {name: shown}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: main, image: "registry.example/main:1"}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: shown}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
"""


def steps(s, server):
    s.check("objects to look at", "kubectl apply -f -", "pod/shown-a created", "job.batch/shown created", stdin=OBJECTS)
    s.check("get, table", "kubectl get pods", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "shown-a", "0/1", "Pending")
    s.check("get, wide", "kubectl get pods -o wide", "NODE", "NOMINATED NODE", "READINESS GATES", "worker-1")
    s.check("get, names", "kubectl get pods -l app=shown -o name", exact="pod/shown-a\npod/shown-b")
    s.check("get, YAML", "kubectl get pod shown-a -o yaml", "kind: Pod", "containerPort: 8080", "restartPolicy: Always")
    s.step("get, JSON", lambda: as_json(s))
    s.check("get, JSONPath", "kubectl get pods -l app=shown -o 'jsonpath={range .items[*]}{.metadata.name}={.metadata.labels.step};{end}'",
            exact="shown-a=one;shown-b=two;")
    s.check("get, columns", "kubectl get pods -l app=shown -o custom-columns=N:.metadata.name,S:.metadata.labels.step --no-headers",
            "shown-a   one", "shown-b   two")
    s.check("get, Go template", "kubectl get pods -l app=shown -o 'go-template={{range .items}}{{.metadata.name}} {{end}}'",
            exact="shown-a shown-b")
    s.check("get, labels", "kubectl get pods --show-labels", "LABELS", "app=shown,step=one")
    s.check("get, label columns", "kubectl get pods -l app=shown -L step", "STEP", "one", "two")
    s.check("get, sorted", "kubectl get pods -l app=shown --sort-by={.metadata.labels.step} -o name", exact="pod/shown-a\npod/shown-b")
    s.check("get, several kinds", "kubectl get pods,services", "pod/shown-a", "service/shown")
    s.check("get, all", "kubectl get all", "pod/shown-a", "service/shown", "deployment.apps/shown", "job.batch/shown")
    s.check("get, all namespaces", "kubectl get services -A", "NAMESPACE", "default", "kubernetes", "smoke", "shown")
    s.check("get, by labels", "kubectl get pods -l 'step in (two,three),app!=other' -o name", exact="pod/shown-b")
    s.check("get, by fields", "kubectl get pods --field-selector spec.nodeName=worker-1 -o name", exact="pod/shown-a")
    s.check("get, by bad fields", "kubectl get pods --field-selector spec.none=1", "field label not supported: spec.none", code=1)
    s.check("get, in chunks", "kubectl get pods --chunk-size=1 -l app=shown -o name", exact="pod/shown-a\npod/shown-b")
    s.check("get, a subresource", "kubectl get deployment shown --subresource=scale", "shown", "DESIRED")
    s.check("get, with kinds", "kubectl get pods shown-a --show-kind", "pod/shown-a")
    s.check("get, managed fields", "kubectl get pod shown-b -o yaml --show-managed-fields", "managedFields", "kubectl-client-side-apply")
    s.check("get a secret", "kubectl get secret shown -o go-template={{.data.word}}", exact="b3Blbg==")
    for kind, texts in {
            "pod/shown-a": ["Node:", "worker-1", "registry.example/main:1", "QoS Class:", "BestEffort"],
            "deployment/shown": ["Selector:", "app=shown-not", "RollingUpdate", "25% max unavailable"],
            "node/worker-1": ["Roles:", "Taints:", "Capacity:", "Allocated resources", "shown-a"],
            "service/shown": ["Selector:", "app=shown", "TargetPort:", "Endpoints:", "Session Affinity:"],
            "secret/shown": ["Opaque", "word:", "4 bytes"],
            "job/shown": ["Parallelism:", "Completions:", "Pods Statuses:"],
            "pvc/shown": ["Access Modes:", "StorageClass:"],
            "namespace/smoke": ["Status:", "Active", "No resource quota."],
            "configmap/kube-root-ca.crt": ["ca.crt:", "BEGIN CERTIFICATE"],
            "serviceaccount/default": ["Image pull secrets:", "Events:"],
            "priorityclass/system-node-critical": ["Value:", "2000001000"],
    }.items():
        s.check(f"describe {kind}", f"kubectl describe {kind}", *texts)
    s.check("describe by prefix", "kubectl describe pods shown", "shown-a", "shown-b")
    s.check("delete what was looked at", "kubectl delete --force --grace-period=0 pod/shown-a pod/shown-b deployment/shown service/shown secret/shown job/shown pvc/shown --wait=false",
            'pod "shown-a" force deleted', 'job.batch "shown" force deleted')
    s.check("... its protection goes when nobody uses it", "kubectl wait --for=delete pvc/shown --timeout=30s")


def as_json(s):
    pod = s.ask_json("kubectl get pod shown-a -o json")
    if pod["kind"] != "Pod" or pod["spec"]["terminationGracePeriodSeconds"] != 30 or "managedFields" in json.dumps(pod):
        raise Wrong(f"not as it should be: {pod}")
    pods = s.ask_json("kubectl get pods -l app=shown -o json")
    if pods["kind"] != "List" or len(pods["items"]) != 2:
        raise Wrong(f"not a list of two: {pods}")
