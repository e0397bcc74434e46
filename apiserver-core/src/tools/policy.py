#!/usr/bin/env python3
# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes facts/policy/*.json: the objects that every server has.
usage: policy.py KUBERNETES RECORDED OUT
KUBERNETES: a checkout (its declared default roles, and priorities of groups); RECORDED: facts/bootstrap-names.json and
conformance/cases of a real server, which what is written is checked against; OUT: the folder facts/policy."""
import glob, json, os, re, sys
import yaml
k8s, shared, out = sys.argv[1:4]
data = k8s + '/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata/'
names = json.load(open(shared + '/facts/bootstrap-names.json'))
BOOT = {'kubernetes.io/bootstrapping': 'rbac-defaults'}
AUTO = {'rbac.authorization.kubernetes.io/autoupdate': 'true'}

def items(*files):
    for f in files:
        yield from yaml.safe_load(open(data + f))['items']

def words(l):
    assert all(w and ' ' not in w and '|' not in w for w in l), l
    return ' '.join(l)

def rule(r):
    if r.get('nonResourceURLs'):
        assert set(r) == {'nonResourceURLs', 'verbs'}, r
        return words(r['verbs']) + ' | ' + words(r['nonResourceURLs'])
    assert not set(r) - {'verbs', 'apiGroups', 'resources', 'resourceNames'}, r
    parts = [words(r['verbs']), words([g or 'core' for g in r['apiGroups']]), words(r['resources'])]
    if r.get('resourceNames'):
        parts.append(words(r['resourceNames']))
    return ' | '.join(parts)

def meta(o):
    m = o['metadata']
    assert m['annotations'] == AUTO and all(m['labels'].get(k) == v for k, v in BOOT.items()), m
    labels = {k: v for k, v in m['labels'].items() if k not in BOOT}
    return {'labels': labels} if labels else {}

def role(o):
    res = meta(o)
    if 'aggregationRule' in o:
        res['aggregates'] = []
        for s in o['aggregationRule']['clusterRoleSelectors']:
            assert list(s) == ['matchLabels'] and list(s['matchLabels'].values()) == ['true']
            res['aggregates'] += list(s['matchLabels'])
    if o['rules']:
        res['rules'] = [rule(r) for r in o['rules']]
    return res

def subject(s):
    if s['kind'] == 'ServiceAccount':
        return 'ServiceAccount ' + s['namespace'] + '/' + s['name']
    assert s['apiGroup'] == 'rbac.authorization.k8s.io'
    return s['kind'] + ' ' + s['name']

def binding(o):
    res = meta(o)
    assert o['roleRef']['apiGroup'] == 'rbac.authorization.k8s.io'
    res['role'] = o['roleRef']['kind'] + ' ' + o['roleRef']['name']
    if o.get('subjects'):
        res['subjects'] = [subject(s) for s in o['subjects']]
    return res

def key(o):
    ns = o['metadata'].get('namespace')
    return (ns + '/' if ns else '') + o['metadata']['name']

def wanted(kind):
    res = set()
    for p in names[kind]:
        parts = p.split('/')
        res.add(parts[5] + '/' + parts[7] if 'namespaces' in parts[4:5] else parts[-1])
    return res

def take(kind, make, *files):
    found = {key(o): make(o) for o in items(*files)}
    want = wanted(kind)
    missing = want - set(found)
    print(kind, len(want), 'missing', sorted(missing), 'more', sorted(set(found) - want))
    return {k: found[k] for k in sorted(want & set(found))}

rbac = {
    'clusterroles': take('clusterroles', role, 'cluster-roles.yaml', 'controller-roles.yaml'),
    'clusterrolebindings': take('clusterrolebindings', binding, 'cluster-role-bindings.yaml', 'controller-role-bindings.yaml'),
    'roles': take('roles', role, 'namespace-roles.yaml'),
    'rolebindings': take('rolebindings', binding, 'namespace-role-bindings.yaml'),
}
# check against what was recorded
def expand_rule(t):
    p = [x.split(' ') for x in t.split(' | ')]
    if len(p) == 2: return {'verbs': p[0], 'nonResourceURLs': p[1]}
    r = {'verbs': p[0], 'apiGroups': ['' if g == 'core' else g for g in p[1]], 'resources': p[2]}
    if len(p) == 4: r['resourceNames'] = p[3]
    return r
for kind in rbac:
    for f in glob.glob(f'{shared}/conformance/cases/bootstrap/{kind}-*.json'):
        for s in json.load(open(f))['steps']:
            b = s['expect']['body']
            if b['kind'] == 'Table': continue
            k = key(b)
            mine = rbac[kind][k]
            if 'roles' in kind and [expand_rule(t) for t in mine.get('rules', [])] != (b['rules'] or []): print('DIFF', k)
            if 'binding' in kind and mine.get('subjects', []) != [subject(x) for x in b.get('subjects', [])]: print('DIFF', k)
os.makedirs(out, exist_ok=True)
json.dump(rbac, open(out + '/rbac.json', 'w'), indent=1)
open(out + '/rbac.json', 'a').write('\n')

# flow control: levels and schemas, from the recorded cases; those that were not recorded, as k8s.io/apiserver has them
def level(spec):
    if spec['type'] == 'Exempt': return {}
    l = spec['limited']
    r = {'shares': l['nominalConcurrencyShares'], 'lendable': l['lendablePercent']}
    q = l['limitResponse'].get('queuing')
    if q: r.update(queues=q['queues'], handSize=q['handSize'], length=q['queueLengthLimit'])
    return r
def fsubject(s):
    k = s['kind']
    if k == 'ServiceAccount': return k + ' ' + s['serviceAccount']['namespace'] + '/' + s['serviceAccount']['name']
    return k + ' ' + s[k.lower()]['name']
def schema(spec):
    assert len(spec['rules']) == 1
    r = spec['rules'][0]
    out = {'level': spec['priorityLevelConfiguration']['name'], 'precedence': spec['matchingPrecedence']}
    if 'distinguisherMethod' in spec: out['distinguisher'] = spec['distinguisherMethod']['type']
    out['subjects'] = [fsubject(s) for s in r['subjects']]
    if r.get('resourceRules'):
        out['resources'] = []
        for x in r['resourceRules']:
            assert x['namespaces'] == ['*']
            out['resources'].append(words(x['verbs']) + ' | ' + words([g or 'core' for g in x['apiGroups']]) + ' | ' + words(x['resources']) + (' | cluster' if x.get('clusterScope') else ''))
    if r.get('nonResourceRules'):
        out['paths'] = [words(x['verbs']) + ' | ' + words(x['nonResourceURLs']) for x in r['nonResourceRules']]
    return out
flow = {'levels': {}, 'schemas': {}}
for f in glob.glob(f'{shared}/conformance/cases/bootstrap/*-*.json') + [f'{shared}/conformance/cases/system/flow-control-objects.json']:
    for s in json.load(open(f))['steps']:
        b = s['expect'].get('body')
        if not isinstance(b, dict): continue
        name = s['path'].split('/')[-1]
        if b.get('kind') == 'PriorityLevelConfiguration' and s['do'] == 'GET': flow['levels'][name] = level(b['spec'])
        if b.get('kind') == 'FlowSchema' and s['do'] == 'GET': flow['schemas'][name] = schema(b['spec'])
flow['levels'].setdefault('node-high', {'shares': 40, 'lendable': 25, 'queues': 64, 'handSize': 6, 'length': 50})
flow['schemas'].setdefault('system-leader-election', {'level': 'leader-election', 'precedence': 100, 'distinguisher': 'ByUser',
  'subjects': ['User system:kube-controller-manager', 'User system:kube-scheduler', 'ServiceAccount kube-system/*'],
  'resources': ['get create update | coordination.k8s.io | leases']})
for kind, k in (('flowschemas', 'schemas'), ('prioritylevelconfigurations', 'levels')):
    print(kind, 'missing', wanted(kind) - set(flow[k]), 'more', set(flow[k]) - wanted(kind))
    first = ['exempt', 'catch-all']
    flow[k] = {n: flow[k][n] for n in first + sorted(set(flow[k]) - set(first))}
json.dump(flow, open(out + '/flow.json', 'w'), indent=1); open(out + '/flow.json', 'a').write('\n')

# priorities of local groups and versions
src = open(k8s + '/pkg/controlplane/apiserver/aggregator.go').read() + open(k8s + '/cmd/kube-apiserver/app/aggregator.go').read()
prio = {}
for g, v, a, b in re.findall(r'\{Group: "([^"]*)", Version: "([^"]*)"\}:\s*\{Group: (\d+), Version: (\d+)\}', src):
    prio[(g, v)] = [int(a), int(b)]
doc = {}
for (g, v), p in sorted(prio.items(), key=lambda e: (-e[1][0], e[0][0], -e[1][1])):
    doc[v + '.' + g] = p
print('apiservices missing', wanted('apiservices') - set(doc))
with open(out + '/apiservices.json', 'w') as f:
    f.write('{\n' + ',\n'.join(' %s: %s' % (json.dumps(k), json.dumps(v)) for k, v in doc.items()) + '\n}\n')
