# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""the server itself, namespaces, discovery, schemas, permissions"""
import json
import ssl
import urllib.error
import urllib.request

from harness import Wrong


def steps(s, server):
    s.check("kubectl version", "kubectl version", "Client Version: v1.37.", "Server Version: v1.37.2")
    s.step("health without credentials", lambda: health(server))
    s.check("readyz, verbose", "kubectl get --raw /readyz?verbose", "[+]ping ok", "readyz check passed")
    s.check("cluster-info", "kubectl cluster-info", "Kubernetes control plane", "is running at", server.url)
    s.check("who am I", "kubectl auth whoami", "admin", "system:masters", "system:authenticated")
    s.check("may I", "kubectl auth can-i create pods --all-namespaces", exact="yes")
    s.step("strangers may not", lambda: strangers(server))
    s.check(
        "system namespaces", "kubectl get namespaces -o name",
        "namespace/default", "namespace/kube-system", "namespace/kube-public", "namespace/kube-node-lease")
    s.check("the kubernetes service", "kubectl get service kubernetes", "ClusterIP", "10.0.0.1", "443/TCP")
    s.check(
        "api-resources", "kubectl api-resources", "deployments", "deploy", "apps/v1", "Deployment",
        "customresourcedefinitions", "storageversionmigrations", "deviceclasses")
    s.check("api-resources, wide", "kubectl api-resources -o wide --namespaced=false", "nodes", "create,delete", lacks=["pods "])
    s.check("api-resources of a group", "kubectl api-resources --api-group=batch -o name", exact="cronjobs.batch\njobs.batch")
    s.check("api-versions", "kubectl api-versions", "apps/v1", "batch/v1", "resource.k8s.io/v1", "\nv1\n")
    s.check("explain", "kubectl explain pods", "KIND:       Pod", "VERSION:    v1", "spec", "<PodSpec>")
    s.check(
        "explain a field", "kubectl explain deployment.spec.strategy.rollingUpdate.maxSurge",
        "GROUP:      apps", "FIELD: maxSurge <IntOrString>")
    s.check("explain, recursive", "kubectl explain ingress --recursive", "defaultBackend", "pathType", "-required-")
    s.check("explain another version", "kubectl explain hpa.spec --api-version=autoscaling/v1", "targetCPUUtilizationPercentage")
    s.check("explain as OpenAPI v2", "kubectl explain job.spec --output=plaintext-openapiv2", "completions", "backoffLimit")
    s.check("raw get", "kubectl get --raw /api/v1/namespaces/default", '"name":"default"')
    s.check("raw get of metrics", "kubectl get --raw /metrics", "apiserver_request_total")
    s.check("raw get of nothing", "kubectl get --raw /apis/none", "the server could not find the requested resource", code=1)
    s.check("create a namespace", "kubectl create namespace smoke", exact="namespace/smoke created")
    s.check("create it again", "kubectl create namespace smoke", 'namespaces "smoke" already exists', code=1)
    s.step("its default service account", lambda: default_account(s))
    s.check("set the context's namespace", "kubectl config set-context --current --namespace=smoke", "modified")
    s.check("a kind that is none", "kubectl get unicorns", 'the server doesn\'t have a resource type "unicorns"', code=1)
    s.check("an object that is none", "kubectl get pod none", 'pods "none" not found', code=1)
    s.check("nothing yet", "kubectl get all", "No resources found in smoke namespace.")
    s.check(
        "an unknown field is refused", "kubectl create -f -",
        'unknown field "datum"', code=1, stdin="{apiVersion: v1, kind: ConfigMap, metadata: {name: bad}, datum: {a: b}}")
    s.check(
        "an unknown field is warned of", "kubectl create --validate=warn -f -", "unknown field", "configmap/bad created",
        stdin="{apiVersion: v1, kind: ConfigMap, metadata: {name: bad}, datum: {a: b}}")
    s.check("a bad object is refused", "kubectl create -f -", "Invalid value", "metadata.name", code=1,
            stdin="{apiVersion: v1, kind: ConfigMap, metadata: {name: Bad_Name}}")


def health(server):
    for path in ("/healthz", "/livez", "/readyz"):
        if call(server, path) != (200, b"ok"):
            raise Wrong(f"{path} is not ok")


def strangers(server):
    code, body = call(server, "/api/v1/pods")
    if code != 403 or json.loads(body)["message"] != (
            'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope'):
        raise Wrong(f"{code} {body}")
    code, body = call(server, "/api/v1/pods", {"Authorization": "Bearer none"})
    if code != 401 or json.loads(body)["reason"] != "Unauthorized":
        raise Wrong(f"{code} {body}")


def call(server, path, headers=None):
    """Without a client certificate, which kubectl always shows here."""
    context = ssl.create_default_context(cafile=server.folder / "certs/ca.crt")
    request = urllib.request.Request(server.url + path, headers=headers or {})
    try:
        with urllib.request.urlopen(request, context=context, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as failure:
        return failure.code, failure.read()


def default_account(s):
    s.ask("kubectl -n smoke wait --for=create serviceaccount/default --timeout=10s")
    roots = s.ask("kubectl -n smoke wait --for=create configmap/kube-root-ca.crt --timeout=10s")
    data = json.loads(s.ask("kubectl -n smoke get configmap kube-root-ca.crt -o json").out)["data"]
    if "BEGIN CERTIFICATE" not in data["ca.crt"]:
        raise Wrong(f"no certificate in kube-root-ca.crt: {roots.text()}")
