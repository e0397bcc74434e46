# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""groups of other servers: kubectl top"""
import base64
import http.server
import json
import pathlib
import ssl
import threading

from harness import wait_until

GROUP_VERSION = "metrics.k8s.io/v1beta1"


def usage(cpu, memory):
    return {"timestamp": "2026-11-24T12:00:00Z", "window": "30s", "usage": {"cpu": cpu, "memory": memory}}


class Metrics(http.server.BaseHTTPRequestHandler):
    """What kubectl top asks for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        pod = {"metadata": {"name": "web", "namespace": "smoke"}, "containers": [{"name": "c", **usage("12m", "34Mi")}]}
        answers = {
            f"/apis/{GROUP_VERSION}": {
                "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": GROUP_VERSION, "resources": [
                    {"name": "nodes", "singularName": "", "namespaced": False, "kind": "NodeMetrics", "verbs": ["get", "list"]},
                    {"name": "pods", "singularName": "", "namespaced": True, "kind": "PodMetrics", "verbs": ["get", "list"]}]},
            f"/apis/{GROUP_VERSION}/nodes": {
                "kind": "NodeMetricsList", "apiVersion": GROUP_VERSION, "metadata": {},
                "items": [{"metadata": {"name": "worker-1"}, **usage("250m", "512Mi")}]},
            f"/apis/{GROUP_VERSION}/namespaces/smoke/pods": {
                "kind": "PodMetricsList", "apiVersion": GROUP_VERSION, "metadata": {}, "items": [pod]},
        }
        body = json.dumps(answers.get(path, {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 404}))
        self.send_response(200 if path in answers else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments):
        """Says nothing."""


def serve(certs):
    """A web server of the library, with the certificate of the server that it stands behind."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Metrics)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certs / "apiserver.crt", certs / "apiserver.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def objects(port, certs):
    authority = base64.b64encode((certs / "ca.crt").read_bytes()).decode()
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "metrics", "namespace": "kube-system"},
         "spec": {"type": "ExternalName", "externalName": "localhost"}},
        {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": "v1beta1.metrics.k8s.io"},
         "spec": {"group": "metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
                  "insecureSkipTLSVerify": True,
                  "service": {"name": "metrics", "namespace": "kube-system", "port": port}}}]}), authority


def steps(s, server):
    certs = pathlib.Path(server.folder) / "certs"
    metrics = serve(certs)
    try:
        manifest, authority = objects(metrics.server_address[1], certs)
        s.check("register metrics", "kubectl create -f -", "created", stdin=manifest)
        s.check("... is available", "kubectl wait --for=condition=Available apiservice v1beta1.metrics.k8s.io --timeout=20s", "condition met")
        s.check("... is shown", "kubectl get apiservice v1beta1.metrics.k8s.io", "kube-system/metrics", "True")
        s.check("... is discovered", "kubectl api-resources --api-group=metrics.k8s.io", "NodeMetrics", "PodMetrics")
        s.check("top pods", "kubectl top pods -n smoke", "web", "12m", "34Mi")
        s.check("get metrics", "kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes", '"worker-1"')
        s.step("not by a certificate of another name", lambda: renamed(s, authority))
    finally:
        metrics.shutdown()
        s.check("register no more", "kubectl delete apiservice v1beta1.metrics.k8s.io", "deleted")
        s.check("... is gone", "kubectl top pods -n smoke", "Metrics API not available", code=1)


def renamed(s, authority):
    patch = json.dumps({"spec": {"insecureSkipTLSVerify": False, "caBundle": authority}})
    s.ask(f"kubectl patch apiservice v1beta1.metrics.k8s.io --type=merge -p '{patch}'", "patched")
    reason = "kubectl get apiservice v1beta1.metrics.k8s.io -o jsonpath={.status.conditions[0].message}"
    wait_until("the condition", lambda: "not metrics.kube-system.svc" in s.run(reason).out)
