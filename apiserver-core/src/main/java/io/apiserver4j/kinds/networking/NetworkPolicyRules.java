// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.networking;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Network policies: who may talk to whom. Networks and selectors that old objects had wrong may stay wrong. */
public final class NetworkPolicyRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final List<String> TYPES = List.of("Ingress", "Egress");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, EmbeddedRules.Leniency.NONE, List.of(), errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        FieldErrors before = new FieldErrors();
        EmbeddedRules.labelSelector(current.objectAt("spec", "podSelector"), EmbeddedRules.Leniency.NONE, SPEC, before);
        List<String> known = new ArrayList<>();
        eachBlock(current, (block, path) -> {
            known.add(block.stringOrEmpty("cidr"));
            known.addAll(block.arrayOrEmpty("except").strings());
        });
        check(
                updated,
                before.isEmpty() ? EmbeddedRules.Leniency.NONE : EmbeddedRules.Leniency.INVALID_VALUES,
                known,
                errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> out = new ArrayList<>();
        eachBlock(object, (block, path) -> {
            out.addAll(IpRules.cidrWarnings(path.field("cidr"), block.stringOrEmpty("cidr")));
            List<String> excepts = block.arrayOrEmpty("except").strings();
            for (int i = 0; i < excepts.size(); i++) {
                out.addAll(IpRules.cidrWarnings(path.field("except").index(i), excepts.get(i)));
            }
        });
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return warningsOnCreate(updated, context);
    }

    private static void check(
            ObjectValue policy, EmbeddedRules.Leniency leniency, List<String> known, FieldErrors errors) {
        ObjectValue spec = policy.objectOrEmpty("spec");
        EmbeddedRules.labelSelector(spec.objectOrEmpty("podSelector"), leniency, SPEC.field("podSelector"), errors);
        NetworkPeerRules rules = new NetworkPeerRules(leniency, known, errors);
        rules.each(spec, "ingress", "from", SPEC);
        rules.each(spec, "egress", "to", SPEC);
        types(spec.arrayOrEmpty("policyTypes"), errors);
        // rules that are declared with the type come after those that are written by hand
        eachBlock(policy, (block, path) -> {
            if (block.stringOrEmpty("cidr").isEmpty()) {
                errors.required(path.field("cidr"), "");
            }
        });
    }

    private static void types(ArrayValue types, FieldErrors errors) {
        ValuePath path = SPEC.field("policyTypes");
        if (types.size() > TYPES.size()) {
            errors.invalidShown(path, types.toString(), "may not specify more than two policyTypes");
            return;
        }
        List<String> names = types.strings();
        for (int i = 0; i < names.size(); i++) {
            if (!TYPES.contains(names.get(i))) {
                errors.notSupportedShown(path.index(i), FieldErrors.json(names.get(i)), TYPES);
            }
        }
    }

    /** All blocks of addresses, with where they stand. */
    private static void eachBlock(ObjectValue policy, BiConsumer<ObjectValue, ValuePath> work) {
        ObjectValue spec = policy.objectOrEmpty("spec");
        eachBlock(spec, "ingress", "from", work);
        eachBlock(spec, "egress", "to", work);
    }

    private static void eachBlock(
            ObjectValue spec, String direction, String side, BiConsumer<ObjectValue, ValuePath> work) {
        List<ObjectValue> rules = spec.arrayOrEmpty(direction).objects();
        for (int i = 0; i < rules.size(); i++) {
            List<ObjectValue> peers = rules.get(i).arrayOrEmpty(side).objects();
            for (int j = 0; j < peers.size(); j++) {
                ObjectValue block = peers.get(j).getObject("ipBlock");
                if (block != null) {
                    ValuePath peer = SPEC.field(direction).index(i).field(side).index(j);
                    work.accept(block, peer.field("ipBlock"));
                }
            }
        }
    }
}
