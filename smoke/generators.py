# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""kubectl create, each of its generators"""


def steps(s, server):
    for line, made in {
            "configmap made --from-literal=a=1 --from-literal=b=2": "configmap/made",
            "secret generic made --from-literal=word=open": "secret/made",
            "secret docker-registry made-reg --docker-server=r.example --docker-username=u --docker-password=p": "secret/made-reg",
            "serviceaccount made": "serviceaccount/made",
            "deployment made --image=registry.example/main:1 --replicas=2 --port=80": "deployment.apps/made",
            "job made --image=registry.example/main:1 -- true": "job.batch/made",
            "cronjob made --image=registry.example/main:1 --schedule='0 1 * * *'": "cronjob.batch/made",
            "job made-from --from=cronjob/made": "job.batch/made-from",
            "service clusterip made --tcp=80:8080": "service/made",
            "service nodeport made-np --tcp=80:8080": "service/made-np",
            "service loadbalancer made-lb --tcp=80:8080": "service/made-lb",
            "service externalname made-en --external-name=other.example": "service/made-en",
            "ingress made --rule=made.example/path*=made:80": "ingress.networking.k8s.io/made",
            "role made --verb=get --resource=pods": "role.rbac.authorization.k8s.io/made",
            "rolebinding made --role=made --user=ann": "rolebinding.rbac.authorization.k8s.io/made",
            "clusterrole made --verb=get --resource=nodes": "clusterrole.rbac.authorization.k8s.io/made",
            "clusterrolebinding made --clusterrole=made --group=makers": "clusterrolebinding.rbac.authorization.k8s.io/made",
            "quota made --hard=count/configmaps=100": "resourcequota/made",
            "poddisruptionbudget made --selector=app=made --min-available=1": "poddisruptionbudget.policy/made",
            "priorityclass made --value=1000": "priorityclass.scheduling.k8s.io/made",
            "namespace made": "namespace/made",
    }.items():
        words = line.split()
        title = " ".join(words[:2]) if words[0] in ("secret", "service") else words[0]
        s.check(f"create {title}", f"kubectl create {line}", exact=f"{made} created")
    s.check("create from a job is owned", "kubectl get job made-from -o jsonpath={.metadata.ownerReferences[0].kind}", exact="CronJob")
    s.check("create, client dry run", "kubectl create deployment dry --image=a --dry-run=client -o yaml", "kind: Deployment")
    s.check("create, server dry run", "kubectl create configmap dry --from-literal=a=1 --dry-run=server -o jsonpath={.metadata.uid}", "-")
    s.check("... made nothing", "kubectl get configmap dry", "not found", code=1)
    s.check(
        "delete all that was made",
        "kubectl delete configmap/made secret/made secret/made-reg serviceaccount/made deployment/made job/made cronjob/made "
        "job/made-from service/made service/made-np service/made-lb service/made-en ingress/made rolebinding/made role/made "
        "clusterrole/made clusterrolebinding/made quota/made pdb/made priorityclass/made namespace/made --wait=false --ignore-not-found",
        'deployment.apps "made" deleted', 'namespace "made" deleted')
