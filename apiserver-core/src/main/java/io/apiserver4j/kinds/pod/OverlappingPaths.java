// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.GoText;
import java.util.ArrayList;
import java.util.List;

/** Finds files of one volume that would lie in each other's place, or below each other. */
final class OverlappingPaths {
    private record Place(String path, String source) {
        @Override
        public String toString() {
            return GoText.quote(path) + (source.isEmpty() ? "" : " (" + source + ")");
        }

        boolean overlaps(Place other) {
            return !path.isEmpty()
                    && !other.path.isEmpty()
                    && ((path + "/").startsWith(other.path + "/") || (other.path + "/").startsWith(path + "/"));
        }
    }

    private OverlappingPaths() {}

    /** The warnings about the volumes of a spec. */
    static List<String> warnings(List<Part> volumes) {
        List<String> out = new ArrayList<>();
        for (Part volume : volumes) {
            String name = volume.text("name");
            one(volume, "configMap", "ConfigMap " + quoted(volume, "configMap", "name"), out);
            one(volume, "secret", "Secret " + quoted(volume, "secret", "secretName"), out);
            one(volume, "downwardAPI", "DownwardAPI", out);
            List<Place> places = new ArrayList<>();
            for (Part source : volume.part("projected").parts("sources")) {
                if (source.tree().isEmpty()) {
                    out.add("volume " + GoText.quote(name) + " (Projected) has no sources provided");
                }
                for (Place place : projected(source)) {
                    add(place, places, name, "Projected", out);
                }
            }
        }
        return out;
    }

    private static String quoted(Part volume, String source, String field) {
        return GoText.quote(volume.part(source).text(field));
    }

    private static void one(Part volume, String source, String described, List<String> out) {
        List<Place> places = new ArrayList<>();
        for (Place place : items(volume.part(source), "")) {
            add(place, places, volume.text("name"), described, out);
        }
    }

    private static List<Place> items(Part source, String described) {
        List<Place> out = new ArrayList<>();
        source.parts("items").forEach(item -> out.add(new Place(item.text("path"), described)));
        return out;
    }

    private static void add(Place given, List<Place> places, String volume, String described, List<String> out) {
        Place place = new Place(withoutEnd(given.path()), given.source());
        for (Place other : places) {
            if (place.overlaps(other)) {
                out.add("volume " + GoText.quote(volume) + " (" + described + "): overlapping paths: " + place
                        + " with " + other);
            }
        }
        places.add(place);
    }

    private static String withoutEnd(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static List<Place> projected(Part source) {
        if (!source.part("configMap").parts("items").isEmpty()) {
            return items(source.part("configMap"), "ConfigMap " + quoted(source, "configMap", "name"));
        }
        if (!source.part("secret").parts("items").isEmpty()) {
            return items(source.part("secret"), "Secret " + quoted(source, "secret", "name"));
        }
        if (!source.part("downwardAPI").parts("items").isEmpty()) {
            return items(source.part("downwardAPI"), "DownwardAPI");
        }
        if (source.has("serviceAccountToken")) {
            return List.of(new Place(source.part("serviceAccountToken").text("path"), "ServiceAccountToken"));
        }
        if (source.has("clusterTrustBundle")) {
            Part bundle = source.part("clusterTrustBundle");
            String name = bundle.has("name") ? bundle.text("name") : bundle.text("signerName");
            return List.of(new Place(bundle.text("path"), "ClusterTrustBundle " + GoText.quote(name)));
        }
        List<Place> out = new ArrayList<>();
        Part certificate = source.part("podCertificate");
        certificatePlace(certificate, "certificateChainPath", "PodCertificate chain", out);
        certificatePlace(certificate, "keyPath", "PodCertificate key", out);
        certificatePlace(certificate, "credentialBundlePath", "PodCertificate credential bundle", out);
        return out;
    }

    private static void certificatePlace(Part certificate, String field, String described, List<Place> out) {
        String path = certificate.text(field);
        if (!path.isEmpty()) {
            out.add(new Place(path, described));
        }
    }
}
