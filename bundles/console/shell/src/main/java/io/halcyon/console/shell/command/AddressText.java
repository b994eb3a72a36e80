package io.halcyon.console.shell.command;

import io.halcyon.api.vip.AddressStatus;
import java.util.List;
import java.util.Locale;

/** Virtual addresses for a person. */
final class AddressText {

    static final String NONE = "no virtual addresses: none is wanted, held or left over\n";

    private AddressText() {}

    static String list(List<AddressStatus> addresses, int columns) {
        var table = new Table("ADDRESS", "INTERFACE", "ROUTER", "STATE", "LEASE", "EXPIRES", "NOTE");
        for (AddressStatus address : addresses) {
            table.row(
                    address.cidr(),
                    address.dev(),
                    Words.orDash(address.owner()),
                    address.state(),
                    address.leaseSeconds() == 0 ? "off" : address.leaseSeconds() + " s",
                    expiry(address),
                    address.note());
        }
        return table.isEmpty() ? NONE : table.text(columns);
    }

    private static String expiry(AddressStatus address) {
        return address.expiresInMillis() < 0
                ? "never"
                : String.format(Locale.ROOT, "in %.1f s", address.expiresInMillis() / 1000.0);
    }
}
