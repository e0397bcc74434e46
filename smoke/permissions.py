# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""who may do what: tokens of service accounts, contexts of several users, roles, certificates"""
from harness import HERE, Wrong, wait_until

CLAIMS = "system:serviceaccount:smoke:robot"


def steps(s, server):
    s.check("create a service account", "kubectl create serviceaccount robot", exact="serviceaccount/robot created")
    s.step("create a token", lambda: token(s))
    s.check("the token's user", "kubectl --context=robot auth whoami", CLAIMS, "system:serviceaccounts:smoke")
    s.check("... may nothing yet", "kubectl --context=robot auth can-i list pods", code=1, exact="no")
    s.check(
        "... is told so", "kubectl --context=robot get pods",
        f'pods is forbidden: User "{CLAIMS}" cannot list resource "pods" in API group "" in the namespace "smoke"', code=1)
    s.check("create a role", "kubectl create role looks --verb=get,list,watch --resource=pods,pods/log", "created")
    s.check("bind it", "kubectl create rolebinding robot-looks --role=looks --serviceaccount=smoke:robot", "created")
    s.step("... holds at once", lambda: soon(s, "kubectl --context=robot get pods -o name"))
    s.check("can-i", "kubectl --context=robot auth can-i list pods", exact="yes")
    s.check("can-i a subresource", "kubectl --context=robot auth can-i get pods --subresource=log", exact="yes")
    s.check("can-i not", "kubectl --context=robot auth can-i delete pods", code=1, exact="no")
    s.check(
        "can-i --list", "kubectl --context=robot auth can-i --list", "pods", "[get list watch]", "selfsubjectreviews",
        "/healthz")
    manager = "kubectl --as=system:kube-controller-manager"
    s.check("the controller manager's role", f"{manager} get deployments,secrets --all-namespaces")
    s.check("... tells events", f"{manager} auth can-i create events", exact="yes")
    s.check("... deletes nothing by itself", f"{manager} delete namespace smoke --wait=false",
            'User "system:kube-controller-manager" cannot delete resource "namespaces"', code=1)
    s.check("as another", "kubectl auth can-i create deployments --as=jane --as-group=dev", code=1, exact="no")
    s.check("no more rights than one has", "kubectl --context=robot create role more --verb=get --resource=secrets",
            "forbidden", code=1)
    s.check("auth reconcile", "kubectl auth reconcile -f -", "looks", stdin="""
        {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: looks, namespace: smoke},
         rules: [{apiGroups: [""], resources: [services], verbs: [list]}]}""")
    s.step("... adds a rule", lambda: soon(s, "kubectl --context=robot get services -o name"))
    s.check("a token for another audience", "kubectl create token robot --audience=https://example.com --duration=20m",
            "eyJ")
    s.check("an account that is none", "kubectl create token nobody", 'serviceaccounts "nobody" not found', code=1)
    s.check("the account is gone", "kubectl delete serviceaccount robot", "deleted")
    s.step("... and its token with it", lambda: refused(s))
    request = (HERE / "kinds/certificatesigningrequest.yaml").read_text()
    for name in ("smoke-yes", "smoke-no"):
        s.check(f"ask for a certificate, {name}", "kubectl create -f -", "created",
                stdin=request.replace("name: smoke-kind", f"name: {name}"))
    s.check("certificate approve", "kubectl certificate approve smoke-yes", "approved")
    s.check("certificate deny", "kubectl certificate deny smoke-no", "denied")
    s.check("... are shown", "kubectl get csr", "Approved", "Denied")
    s.check("... cannot be both", "kubectl certificate deny smoke-yes", "Approved", code=1)
    s.check("delete the requests", "kubectl delete csr smoke-yes smoke-no", "deleted")


def token(s):
    text = s.ask("kubectl create token robot").out.strip()
    if text.count(".") != 2:
        raise Wrong(f"not a token: {text}")
    s.ask(f"kubectl config set-credentials robot --token={text}")
    cluster = s.ask("kubectl config view --minify -o jsonpath={.clusters[0].name}").out
    s.ask(f"kubectl config set-context robot --cluster={cluster} --user=robot --namespace=smoke")


def soon(s, command):
    wait_until(command, lambda: s.run(command).code == 0)


def refused(s):
    wait_until("the token is refused", lambda: "Unauthorized" in s.run("kubectl --context=robot get pods").text()
               or "logged in" in s.run("kubectl --context=robot get pods").text())
