# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""Nodes without machines: says of pods on them what kubelets would say, through the API as they do."""
import datetime
import http.client
import json
import ssl
import threading

READY = {"Ready": "True", "MemoryPressure": "False", "DiskPressure": "False", "PIDPressure": "False"}
CAPACITY = {"cpu": "8", "memory": "16Gi", "pods": "110"}
STRATEGIC = "application/strategic-merge-patch+json"


def now(form="%Y-%m-%dT%H:%M:%SZ"):
    return datetime.datetime.now(datetime.timezone.utc).strftime(form)


class Kubelets(threading.Thread):
    """One thread for all nodes; notes each answer that is a failure, but for the races every kubelet loses at times."""

    def __init__(self, server, nodes):
        super().__init__(daemon=True)
        certs = server.folder / "certs"
        context = ssl.create_default_context(cafile=certs / "ca.crt")
        context.load_cert_chain(certs / "admin.crt", certs / "admin.key")
        self.connection = http.client.HTTPSConnection("127.0.0.1", int(server.port), context=context, timeout=30)
        self.nodes = nodes
        self.addresses = 0
        self.wrong = []
        self.ended = threading.Event()

    def call(self, method, path, body=None, kind="application/json"):
        self.connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": kind})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300 and answer.status not in (404, 409):
            self.wrong.append(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text)

    def run(self):
        for name in self.nodes:
            self.call("POST", "/api/v1/nodes", {"metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}}})
        turn = 0
        while not self.ended.wait(0.2):
            if turn % 40 == 0:
                for name in self.nodes:
                    self.beat(name)
            turn += 1
            for pod in self.call("GET", "/api/v1/pods?fieldSelector=spec.nodeName!=").get("items", []):
                self.attend(pod)

    def beat(self, name):
        conditions = [
            {"type": kind, "status": status, "reason": "Said", "message": "said", "lastHeartbeatTime": now(),
             "lastTransitionTime": now()} for kind, status in READY.items()]
        self.call("PATCH", f"/api/v1/nodes/{name}/status", {
            "status": {"capacity": CAPACITY, "allocatable": CAPACITY, "conditions": conditions}}, STRATEGIC)
        self.call("PATCH", f"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/{name}"
                  "?fieldManager=kubelet&force=true", {
                      "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
                      "metadata": {"name": name, "namespace": "kube-node-lease"},
                      "spec": {"holderIdentity": name, "leaseDurationSeconds": 40,
                               "renewTime": now("%Y-%m-%dT%H:%M:%S.%fZ")}}, "application/apply-patch+yaml")

    def attend(self, pod):
        metadata, phase = pod["metadata"], pod.get("status", {}).get("phase")
        path = f"/api/v1/namespaces/{metadata['namespace']}/pods/{metadata['name']}"
        if "deletionTimestamp" in metadata:
            self.call("DELETE", path, {"gracePeriodSeconds": 0})
        elif phase == "Pending":
            self.addresses += 1
            address = f"10.200.{self.addresses // 250}.{self.addresses % 250 + 1}"
            self.call("PATCH", f"{path}/status", {"status": {
                "phase": "Running", "startTime": now(), "hostIP": "10.199.0.1", "podIP": address,
                "podIPs": [{"ip": address}], **told(pod, "True", {"running": {"startedAt": now()}})}}, STRATEGIC)
        elif phase == "Running" and pod["spec"].get("restartPolicy") == "Never":
            ended = {"exitCode": 0, "reason": "Completed", "startedAt": now(), "finishedAt": now()}
            self.call("PATCH", f"{path}/status", {"status": {
                "phase": "Succeeded", **told(pod, "False", {"terminated": ended})}}, STRATEGIC)

    def stop(self):
        self.ended.set()
        self.join(10)


def told(pod, ready, state):
    return {
        "conditions": [{"type": kind, "status": ready, "lastTransitionTime": now()} for kind in ("Ready", "ContainersReady")],
        "containerStatuses": [
            {"name": one["name"], "ready": ready == "True", "restartCount": 0, "image": one["image"], "imageID": "none",
             "state": state} for one in pod["spec"]["containers"]]}
