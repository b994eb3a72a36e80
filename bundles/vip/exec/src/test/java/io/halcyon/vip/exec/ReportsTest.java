package io.halcyon.vip.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.testkit.VipRecorder;
import io.halcyon.vip.exec.Reports.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {

    private final VipRecorder heard = new VipRecorder();
    private final Reports reports = new Reports(heard);
    private final VirtualAddress first = address("10.0.0.1");
    private final VirtualAddress second = address("10.0.0.2");

    private static VirtualAddress address(String text) {
        try {
            return VirtualAddress.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void end(Kind kind, VirtualAddress address, boolean success) {
        reports.end(kind, address, success);
        reports.flush();
    }

    @Test
    void whatEndsEarlierIsToldInTheOrderOfTheOrders() {
        reports.expect(Kind.INSTALLED, first);
        reports.expect(Kind.INSTALLED, second);

        end(Kind.INSTALLED, second, true);
        assertThat(heard.installed()).isEmpty();
        end(Kind.INSTALLED, first, true);

        assertThat(heard.installed()).containsExactly(List.of(first, second));
    }

    @Test
    void aFailureHoldsUpNobodyAndIsMadeUpForLater() {
        reports.expect(Kind.INSTALLED, first);
        reports.expect(Kind.INSTALLED, second);

        end(Kind.INSTALLED, first, false);
        end(Kind.INSTALLED, second, true);
        assertThat(heard.installed()).containsExactly(List.of(second));
        end(Kind.INSTALLED, first, true);

        assertThat(heard.installed()).containsExactly(List.of(second), List.of(first));
    }

    @Test
    void aReleaseThatIsOrderedLaterIsToldLater() {
        reports.expect(Kind.INSTALLED, first);
        reports.expect(Kind.RELEASED, second);

        end(Kind.RELEASED, second, true);
        assertThat(heard.released()).isEmpty();
        end(Kind.INSTALLED, first, true);

        assertThat(heard.sequence()).containsExactly("installed", "released");
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotWaitedFor() {
        reports.expect(Kind.INSTALLED, first);
        reports.expect(Kind.INSTALLED, second);

        reports.cancel(Kind.INSTALLED, first);
        end(Kind.INSTALLED, second, true);

        assertThat(heard.installed()).containsExactly(List.of(second));
    }
}
