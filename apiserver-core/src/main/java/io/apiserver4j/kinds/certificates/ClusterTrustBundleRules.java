// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ClusterTrustBundles: certificates of authorities, under a name that goes with their signer. */
public final class ClusterTrustBundleRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final int MAX_BUNDLE = 1 << 20;
    private static final NameRule BY_SIGNER = (name, prefix) -> List.of();

    /** None: names depend on the signer, which {@link #validate} knows. */
    @Override
    public NameRule nameRule() {
        return BY_SIGNER;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, true, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        ObjectValue now = updated.objectOrEmpty("spec");
        ObjectValue before = current.objectOrEmpty("spec");
        check(updated, !now.stringOrEmpty("trustBundle").equals(before.stringOrEmpty("trustBundle")), errors);
        FieldChecks.immutableTexts(now, before, SPEC, errors, "signerName");
    }

    private static void check(ObjectValue object, boolean bundle, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        String signer = spec.stringOrEmpty("signerName");
        ObjectMeta meta = ObjectMeta.of(object);
        name("generateName", meta.generateName(), signer, errors);
        name("name", meta.name(), signer, errors);
        if (!signer.isEmpty()) {
            SignerNames.check(signer, SPEC.field("signerName"), errors);
        }
        if (bundle) {
            bundle(spec.stringOrEmpty("trustBundle"), errors);
        }
    }

    private static void name(String field, String name, String signer, FieldErrors errors) {
        if (!name.isEmpty()) {
            errors.invalidAll(
                    ValuePath.of("metadata", field), name, nameProblems(name, signer, field.equals("generateName")));
        }
    }

    private static List<String> nameProblems(String name, String signer, boolean prefix) {
        if (signer.isEmpty()) {
            return name.indexOf(':') >= 0
                    ? List.of("ClusterTrustBundle without signer name must not have \":\" in its name")
                    : NameRule.DNS_SUBDOMAIN.problems(name, prefix);
        }
        String start = signer.replace('/', ':') + ":";
        return name.startsWith(start)
                ? NameRule.DNS_SUBDOMAIN.problems(name.substring(start.length()), prefix)
                : List.of("ClusterTrustBundle for signerName " + signer + " must be named with prefix " + start);
    }

    private static void bundle(String text, FieldErrors errors) {
        ValuePath path = SPEC.field("trustBundle");
        if (GoText.byteLength(text) > MAX_BUNDLE) {
            errors.tooLong(path, MAX_BUNDLE);
            return;
        }
        Map<ByteBuffer, List<Integer>> anchors = new LinkedHashMap<>();
        List<PemBlock> blocks = PemBlock.all(text);
        int broken = 0;
        for (int i = 0; i < blocks.size(); i++) {
            String problem = problem(blocks.get(i));
            if (problem == null) {
                anchors.computeIfAbsent(ByteBuffer.wrap(blocks.get(i).bytes()), bytes -> new ArrayList<>())
                        .add(i);
            } else {
                broken++;
                errors.invalid(path, "<value omitted>", "entry " + i + " " + problem);
            }
        }
        if (broken > 0) {
            return;
        }
        if (anchors.isEmpty()) {
            errors.invalid(path, "<value omitted>", "at least one trust anchor must be provided");
        }
        for (List<Integer> places : anchors.values()) {
            if (places.size() > 1) {
                String shown = places.toString().replace(",", "");
                errors.invalid(path, "<value omitted>", "duplicate trust anchor (indices " + shown + ")");
            }
        }
    }

    private static @Nullable String problem(PemBlock block) {
        if (!block.isCertificate()) {
            return "has bad block type: " + block.type();
        }
        if (block.hasHeaders()) {
            return "has PEM block headers";
        }
        X509Certificate certificate = block.certificate();
        if (certificate == null) {
            return "does not parse as X.509";
        }
        return certificate.getBasicConstraints() < 0 ? "does not have the CA bit set" : null;
    }
}
