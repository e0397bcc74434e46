// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.admission.plugin.InnerDoor;
import io.apiserver4j.admission.plugin.LiveObjects;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is made that the quotas of a namespace do not allow. What is used is taken from the status of quotas and written
 * there before the object is kept, one request of a namespace after the other; where another server was faster, it is
 * looked at again.
 */
public final class ResourceQuota implements ValidatingPlugin {
    /** The plugin's name. */
    public static final String NAME = "ResourceQuota";

    private static final String QUOTAS = "resourcequotas";
    private static final int RETRIES = 3;
    private static final int STRIPES = 64;
    private static final long PATIENCE_SECONDS = 10;

    private final LiveObjects objects;
    private final InnerDoor door;
    private final List<LimitedResource> limited;
    private final Usages usages;
    private final LiveObjects.Memo<Quota> quotas = new LiveObjects.Memo<>(Quota::of);
    private final Lock[] namespaces = new Lock[STRIPES];

    /**
     * The plugin over the quotas of a store.
     *
     * @param door what is used is written through it
     * @param limited what may be used only where a quota covers it
     */
    public ResourceQuota(LiveObjects objects, InnerDoor door, List<LimitedResource> limited, InstantSource clock) {
        this.objects = objects;
        this.door = door;
        this.limited = List.copyOf(limited);
        usages = new Usages(clock);
        for (int i = 0; i < STRIPES; i++) {
            namespaces[i] = new ReentrantLock();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        String namespace = request.namespace();
        if (namespace.isEmpty()
                || request.object() == null
                || request.operation() != Operation.CREATE && request.operation() != Operation.UPDATE
                || request.definition().groupResource().equals("namespaces")) {
            return;
        }
        if (limited.isEmpty() && !objects.known(QUOTAS, namespace).iterator().hasNext()) {
            return;
        }
        Usage usage = usages.of(request.definition().groupResource());
        if (usage != null && usage.handles(request)) {
            QuotaCheck check = new QuotaCheck(request, usage, limited);
            if (request.dryRun()) {
                check.after(quotasOf(namespace));
            } else {
                takeAlone(namespace, check);
            }
        }
    }

    private void takeAlone(String namespace, QuotaCheck check) {
        Lock lock = namespaces[Math.floorMod(namespace.hashCode(), STRIPES)];
        boolean mine = false;
        try {
            mine = lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!mine) {
            throw Status.internalError("resource quota evaluation timed out").asException();
        }
        try {
            take(namespace, check);
        } finally {
            lock.unlock();
        }
    }

    private void take(String namespace, QuotaCheck check) {
        List<Quota> before = quotasOf(namespace);
        for (int tries = 0; ; tries++) {
            List<Quota> after = check.after(before);
            List<String> failed = new ArrayList<>();
            ApiException last = null;
            for (int i = 0; i < after.size(); i++) {
                if (!Amounts.same(before.get(i).used(), after.get(i).used())) {
                    ApiException failure = write(namespace, after.get(i));
                    if (failure != null) {
                        failed.add(after.get(i).name());
                        last = failure;
                    }
                }
            }
            if (last == null) {
                return;
            }
            if (tries == RETRIES) {
                throw last;
            }
            before = objects.list(QUOTAS, namespace).stream()
                    .map(quotas::of)
                    .filter(quota -> failed.contains(quota.name()))
                    .toList();
        }
    }

    private List<Quota> quotasOf(String namespace) {
        List<Quota> out = new ArrayList<>();
        for (StoredObject one : objects.known(QUOTAS, namespace)) {
            out.add(quotas.of(one));
        }
        return out;
    }

    private @Nullable ApiException write(String namespace, Quota quota) {
        String path = "/api/v1/namespaces/" + namespace + "/" + QUOTAS + "/" + quota.name() + "/status";
        InnerDoor.Answer answer = door.send("PUT", path, quota.changed());
        if (answer.isSuccess()) {
            return null;
        }
        return answer.code() == 409
                ? Status.modified("", QUOTAS, quota.name()).asException()
                : Status.internalError("status of quota " + GoText.quote(quota.name()) + ": " + answer.message())
                        .asException();
    }
}
