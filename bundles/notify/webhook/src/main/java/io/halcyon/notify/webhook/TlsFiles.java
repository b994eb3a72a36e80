package io.halcyon.notify.webhook;

import io.halcyon.tls.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the files of TLS were written: a certificate that was renewed counts with the next request.
 *
 * @param modified milliseconds of each file that is named, 0 for one that is not there
 */
record TlsFiles(List<Long> modified) {

    TlsFiles {
        modified = List.copyOf(modified);
    }

    static TlsFiles now(TlsOptions options) {
        var modified = new ArrayList<Long>();
        add(modified, options.caFile());
        var certificate = options.clientCertificate();
        if (certificate != null) {
            add(modified, certificate.chainFile());
            add(modified, certificate.keyFile());
        }
        return new TlsFiles(modified);
    }

    private static void add(List<Long> modified, @Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            modified.add(Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            modified.add(0L);
        }
    }
}
