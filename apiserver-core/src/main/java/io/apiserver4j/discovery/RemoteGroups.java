// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** Group versions that others serve and that are to be found here all the same. */
@FunctionalInterface
public interface RemoteGroups {
    /** There are none. */
    RemoteGroups NONE = List::of;

    /** What is there now; the very same list as long as nothing changes. Must be quick. */
    List<RemoteVersion> current();

    /**
     * A group version that another server answers.
     *
     * @param groupPriority where the group stands among others, larger numbers first; one to 20000
     * @param versionPriority where the version stands within its group, larger numbers first
     * @param resources as apidiscovery.k8s.io/v2 has them
     * @param fresh false where the other server could not be asked lately
     */
    record RemoteVersion(
            String group,
            String version,
            int groupPriority,
            int versionPriority,
            List<ObjectValue> resources,
            boolean fresh) {
        /** Copies the list. */
        public RemoteVersion {
            resources = List.copyOf(resources);
        }
    }
}
