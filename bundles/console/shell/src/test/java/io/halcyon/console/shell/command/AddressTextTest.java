package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.vip.AddressStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    private static final AddressStatus HELD =
            new AddressStatus("192.168.88.50/24", "eth0", "VI_1", "present", 10, 8_400, "");

    private static final AddressStatus FOREIGN = new AddressStatus(
            "2001:db8:1:2::50/64",
            "bond0.4021",
            "VI_office",
            "foreign",
            0,
            -1,
            "it was there before us, and is left where it is");

    @Test
    void aWideListHasTheLeaseToo() {
        assertThat(AddressText.list(List.of(HELD, FOREIGN), 130))
                .isEqualTo(
                        """
                ADDRESS              INTERFACE   ROUTER     STATE    LEASE  EXPIRES   NOTE
                192.168.88.50/24     eth0        VI_1       present  10 s   in 8.4 s
                2001:db8:1:2::50/64  bond0.4021  VI_office  foreign  off    never     it was there before us, and is left where it is
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 130})
    void everythingFitsTheTerminal(int columns) {
        String text = AddressText.list(List.of(HELD, FOREIGN), columns);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
        assertThat(text).contains(" in 8.4 s", "2001:db8:1:2::50/64 ", "bond0.4021 ", "VI_office ");
    }

    @Test
    void withoutAddressesASentenceSaysSo() {
        assertThat(AddressText.list(List.of(), 80)).isEqualTo(AddressText.NONE);
    }
}
