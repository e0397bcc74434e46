// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.value.ObjectValue;

/**
 * A function of this process that answers as a webhook would: it is given the document that would be sent, and gives the
 * document that would come back. Called from many threads.
 */
@FunctionalInterface
public interface LocalEndpoint {
    /**
     * The answer to a document (an AdmissionReview, a ConversionReview).
     *
     * @throws Exception where there is none; counts as a call that failed
     */
    ObjectValue answer(ObjectValue document) throws Exception;
}
