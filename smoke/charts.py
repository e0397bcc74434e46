# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""helm"""


def steps(s, server):
    color = "kubectl get configmap app-settings -o jsonpath={.data.color}"
    s.check("helm install, dry", "helm install app chart -n smoke --dry-run=server", "STATUS: pending-install", "color: \"blue\"")
    s.check("helm install", "helm install app chart -n smoke", "STATUS: deployed", "REVISION: 1")
    s.check("helm install again", "helm install app chart -n smoke", "cannot reuse a name that is still in use", code=1)
    s.check("helm list", "helm list -n smoke", "app", "deployed", "smoke-0.1.0")
    s.check("helm status", "helm status app -n smoke", "STATUS: deployed")
    s.check("helm upgrade", "helm upgrade app chart -n smoke --set color=red --set replicas=2", "REVISION: 2", "deployed")
    s.check("... has changed", color, exact="red")
    s.check("helm get values", "helm get values app -n smoke", "color: red", "replicas: 2")
    s.check("helm get manifest", "helm get manifest app -n smoke", "kind: Deployment", "color: \"red\"")
    s.check("helm get all", "helm get all app -n smoke", "REVISION: 2")
    s.check("helm history", "helm history app -n smoke", "superseded", "Upgrade complete")
    s.check("helm rollback", "helm rollback app 1 -n smoke", "Rollback was a success")
    s.check("... has changed back", color, exact="blue")
    s.check("helm history, after", "helm history app -n smoke", "Rollback to 1")
    s.check("helm keeps secrets", "kubectl get secrets -l owner=helm -o name", "secret/sh.helm.release.v1.app.v3")
    s.check("helm uninstall", "helm uninstall app -n smoke", 'release "app" uninstalled')
    s.check("... all is gone", "kubectl get configmap,service,deployment -l app=app", "No resources found")
    s.check("helm list, empty", "helm list -n smoke -q", exact="")
    s.check("helm install, with a definition", "helm install marvin crd-chart -n smoke", "STATUS: deployed")
    s.check("... its object is there", "kubectl get rob marvin -n smoke", "ARMS", "2")
    s.check("... with defaults", "kubectl get robot marvin -n smoke -o jsonpath={.spec.color}", exact="grey")
    s.check("... is explained", "kubectl explain robot.spec", "arms", "<integer> -required-")
    s.check("helm upgrade of a custom object", "helm upgrade marvin crd-chart -n smoke --set arms=3", "REVISION: 2")
    s.check("... has changed", "kubectl get robot marvin -n smoke -o jsonpath={.spec.arms}", exact="3")
    s.check("helm upgrade, invalid", "helm upgrade marvin crd-chart -n smoke --set arms=9", "should be less than or equal to 8", code=1)
    s.check("helm uninstall, custom", "helm uninstall marvin -n smoke", "uninstalled")
    s.check("... the definition stays", "kubectl get crd robots.smoke.example.com -o name", "robots.smoke.example.com")
    s.check("... until it is deleted", "kubectl delete crd robots.smoke.example.com", "deleted")
    s.check("... and its kind is gone", "kubectl get robots -n smoke", code=1)
