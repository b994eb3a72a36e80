package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.testkit.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountKeysTest {

    @Test
    void withRecipientsAloneMailGoesToThisMachineFromThisUser() {
        var account = account(Map.of());

        assertThat(account.place()).isEqualTo("127.0.0.1:25");
        assertThat(account.sender()).isEqualTo(System.getProperty("user.name") + "@" + HostName.read());
        assertThat(account.heloName()).isEqualTo(HostName.read());
        assertThat(account.timeoutMillis()).isEqualTo(30_000);
        assertThat(account.login()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"none, 25", "starttls, 25", "smtps, 465"})
    void thePortFollowsTheProtection(String tls, int port) {
        assertThat(account(Map.of("smtp.tls", tls)).port()).isEqualTo(port);
        assertThat(account(Map.of("smtp.tls", tls, "smtp.port", 587)).port()).isEqualTo(587);
    }

    @Test
    void aLoginNeedsTlsUnlessTheServerIsThisMachine() {
        var login = Map.<String, Object>of("smtp.user", "u", "smtp.password", "secret");
        assertThat(account(login).login()).isNotNull();

        var far = new HashMap<>(login);
        far.put("smtp.server", "mail.example.org");
        assertThatThrownBy(() -> account(far))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("smtp.user = u is refused: allowed is a login only with smtp.tls")
                .hasMessageNotContaining("secret");

        far.put("smtp.tls", "starttls");
        assertThat(account(far).login()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1.example.org", "localhost.example.org", "128.0.0.1"})
    void aNameThatOnlyLooksLikeThisMachineIsNot(String server) {
        assertThatThrownBy(() -> account(Map.of("smtp.server", server, "smtp.user", "u", "smtp.password", "secret")))
                .hasMessageStartingWith("smtp.user");
    }

    @Test
    void halfALoginIsRefused() {
        assertThatThrownBy(() -> account(Map.of("smtp.user", "u"))).hasMessageStartingWith("smtp.user");
        assertThatThrownBy(() -> account(Map.of("smtp.password", "secret")))
                .hasMessageStartingWith("smtp.password")
                .hasMessageNotContaining("secret");
    }

    @Test
    void thePasswordMayComeFromTheEnvironment() {
        var named = Map.<String, Object>of("smtp.user", "u", "smtp.password.env", "MAIL_PASSWORD");

        assertThat(account(named, Map.of("MAIL_PASSWORD", "secret")).login()).isEqualTo(new Login("u", "secret"));
        assertThatThrownBy(() -> account(named, Map.of()))
                .hasMessage("smtp.password.env = *** is refused: allowed is the name of an environment variable that is"
                        + " set");
    }

    @Test
    void aPasswordThatWasMistakenForAVariableIsNotShown() {
        assertThatThrownBy(() -> account(Map.of("smtp.user", "u", "smtp.password.env", "secret")))
                .hasMessageStartingWith("smtp.password.env = ")
                .hasMessageNotContaining("secret");
        var both = Map.<String, Object>of("smtp.user", "u", "smtp.password", "secret", "smtp.password.env", "X");
        assertThatThrownBy(() -> account(both, Map.of("X", "other")))
                .hasMessageStartingWith("smtp.password.env = ")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("other");
    }

    @Test
    void aCaFileMustBeThereAndOfUse() {
        assertThatThrownBy(() -> account(Map.of("smtp.tls.ca.file", "/etc/passwd")))
                .hasMessageStartingWith("smtp.tls.ca.file");
        assertThatThrownBy(() -> account(Map.of("smtp.tls", "smtps", "smtp.tls.ca.file", "/nowhere/ca.pem")))
                .hasMessageContaining("/nowhere/ca.pem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ops",
                "@example.org",
                "ops@",
                "a b@example.org",
                "<ops@example.org>",
                "ops@exämple.org",
                "ops@example.org\r\nBcc: all@example.org",
                ""
            })
    void whatIsNoAddressIsRefused(String address) {
        assertThatThrownBy(() -> account(Map.of("notification.email", new String[] {address})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("notification.email = ");
    }

    @Test
    void aLoginDoesNotPrintItsPassword() {
        var login = new Login("u", "secret");

        assertThat(login.toString()).doesNotContain("secret");
        assertThat(login.censor("535 secret and c2VjcmV0 are wrong")).isEqualTo("535 *** and *** are wrong");
        var plain = Base64.getEncoder().encodeToString("\0u\0secret".getBytes(StandardCharsets.UTF_8));
        assertThat(login.censor("501 cannot decode AUTH PLAIN " + plain)).isEqualTo("501 cannot decode AUTH PLAIN ***");
    }

    private static Account account(Map<String, Object> more) {
        return account(more, Map.of());
    }

    private static Account account(Map<String, Object> more, Map<String, String> environment) {
        var keys = new HashMap<String, Object>(Map.of("notification.email", new String[] {"ops@example.org"}));
        keys.putAll(more);
        return AccountKeys.read(Keys.of(SmtpKeys.class, keys), environment::get);
    }
}
