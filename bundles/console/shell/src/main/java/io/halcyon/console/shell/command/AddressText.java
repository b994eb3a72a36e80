package io.halcyon.console.shell.command;

import io.halcyon.api.vip.AddressStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Virtual addresses for a person. */
final class AddressText {

    static final String NONE = "no virtual addresses: none is wanted, held or left over\n";

    /** From here on there is room for all columns. */
    private static final int WIDE = 100;

    private AddressText() {}

    static String list(List<AddressStatus> addresses, int columns) {
        boolean wide = columns >= WIDE;
        List<String> headings = new ArrayList<>(List.of("ADDRESS", "INTERFACE", "ROUTER", "STATE", "EXPIRES", "NOTE"));
        if (wide) {
            headings.add(4, "LEASE");
        }
        var table = new Table(headings.toArray(String[]::new));
        for (AddressStatus address : addresses) {
            List<Object> row = new ArrayList<>(List.of(
                    address.cidr(),
                    address.dev(),
                    Words.orDash(address.owner()),
                    address.state(),
                    expiry(address),
                    address.note()));
            if (wide) {
                row.add(4, address.leaseSeconds() == 0 ? "off" : address.leaseSeconds() + " s");
            }
            table.row(row.toArray());
        }
        return table.isEmpty() ? NONE : table.text(columns);
    }

    private static String expiry(AddressStatus address) {
        return address.expiresInMillis() < 0
                ? "never"
                : String.format(Locale.ROOT, "in %.1f s", address.expiresInMillis() / 1000.0);
    }
}
