// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

/** Hides bytes on their way into the store, and shows them on the way back. */
interface Sealer {
    /** The bytes to store under the key. */
    byte[] seal(String key, byte[] plain);

    /** What was sealed under the key; throws {@link SealException} where it can't be told. */
    Opened open(String key, byte[] sealed);

    /** Hides nothing, and tells what is hidden by others. */
    Sealer IDENTITY = new Sealer() {
        @Override
        public byte[] seal(String key, byte[] plain) {
            return plain;
        }

        @Override
        public Opened open(String key, byte[] sealed) {
            if (PrefixedSealers.begins(sealed, PrefixedSealers.ENCRYPTED, 0)) {
                throw new SealException("identity transformer tried to read encrypted data");
            }
            return new Opened(sealed, false);
        }
    };
}
