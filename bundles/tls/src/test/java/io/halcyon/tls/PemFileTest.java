package io.halcyon.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.testkit.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFileTest {

    @TempDir
    static Path directory;

    private static TestAuthority authority;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("one");
        authority.issue("two");
    }

    @Test
    void severalCertificatesWithTextBetweenThemAreRead() throws Exception {
        var both = "first\n" + Files.readString(authority.chainFile("one")) + "\r\nsecond\n"
                + Files.readString(authority.chainFile("two"));

        assertThat(PemFile.read(file(both)).certificates()).hasSize(4);
    }

    @Test
    void whatIsNoCertificateIsRefusedWithTheFile() throws Exception {
        for (var text : new String[] {
            "", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "-----BEGIN CERTIFICATE-----"
        }) {
            var file = file(text);
            assertThatThrownBy(() -> TlsClient.of(TlsOptions.DEFAULT.withCaFile(file)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("file " + file + " cannot be used, ")
                    .hasMessageContaining("allowed is a PEM file with -----BEGIN CERTIFICATE-----");
        }
        assertThatThrownBy(() -> TlsClient.of(TlsOptions.DEFAULT.withCaFile(Path.of("/none/ca.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file /none/ca.pem cannot be read (NoSuchFileException): allowed is a PEM file that"
                        + " Halcyon's user can read");
    }

    @Test
    void keysInOtherFormsAreRefusedWithTheWayOut() throws Exception {
        for (var kind : new String[] {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            var key = file("-----BEGIN " + kind + "-----\nAAAA\n-----END " + kind + "-----\n");
            assertThatThrownBy(() -> client("one", key))
                    .as(kind)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("openssl pkcs8 -topk8 -nocrypt -in " + key + " -out NEW.pem");
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        var strange = authority.keyFile("two");

        assertThatThrownBy(() -> client("one", strange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is not the key of the first certificate in " + directory.resolve("one.pem"));
    }

    @Test
    void noMessageShowsAKey() throws Exception {
        var damaged = file("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> client("one", damaged))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("damaged or neither RSA nor EC")
                .message()
                .doesNotContain("c2VjcmV0", "secret");
    }

    private static TlsClient client(String alias, Path key) throws Exception {
        return TlsClient.of(TlsOptions.DEFAULT.withClientCertificate(authority.chainFile(alias), key));
    }

    private static Path file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(directory, "some", ".pem"), text);
    }
}
