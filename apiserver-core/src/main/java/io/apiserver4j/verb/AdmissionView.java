// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.value.ObjectValue;

/**
 * What plugins are shown of the object of an update: the object itself, or what a subresource shows in its place.
 *
 * @param call the call that plugins are told of
 */
record AdmissionView(ResourceCall call, Lens lens) {
    /** The way to what is shown, and back. */
    interface Lens {
        /** The object itself. */
        Lens WHOLE = new Lens() {
            @Override
            public ObjectValue shown(ObjectValue object) {
                return object;
            }

            @Override
            public ObjectValue taken(ObjectValue object, ObjectValue shown) {
                return shown;
            }
        };

        /** What is shown of an object in the client's version. */
        ObjectValue shown(ObjectValue object);

        /** The object with what plugins changed in what they were shown. */
        ObjectValue taken(ObjectValue object, ObjectValue shown);
    }

    /** The object of a call as it is. */
    static AdmissionView of(ResourceCall call) {
        return new AdmissionView(call, Lens.WHOLE);
    }
}
