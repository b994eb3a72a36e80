package io.halcyon.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Speaks to the family of families, which every kernel has and everybody may ask. */
class GenericRequestsTest {

    private static final String CONTROLLER = "nlctrl";

    @Test
    void findsAFamilyAndReadsAllOfAKind() throws IOException {
        try (GenericRequests controller = GenericRequests.open(CONTROLLER)) {
            List<String> families = controller.dump(
                    new GenericRequest(Netlink.CTRL_CMD_GETFAMILY, 2, attributes -> {}),
                    (command, attributes) -> attributes.text(Netlink.CTRL_ATTR_FAMILY_NAME));

            assertThat(families).contains(CONTROLLER);
        }
    }

    @Test
    void readsOneThing() throws IOException {
        try (GenericRequests controller = GenericRequests.open(CONTROLLER)) {
            assertThat(controller.get(
                            lookup(CONTROLLER), (command, attributes) -> attributes.u16(Netlink.CTRL_ATTR_FAMILY_ID)))
                    .containsExactly(Netlink.GENL_ID_CTRL);
        }
    }

    @Test
    void saysByNameWhatTheKernelDoesNotHave() {
        assertThatThrownBy(() -> GenericRequests.open("nobody"))
                .isInstanceOf(LinuxException.class)
                .hasMessageStartingWith("generic netlink family nobody: ENOENT, ");
    }

    @Test
    void tellsWhichOfManyRequestsFailedAlthoughThoseThatDoNotAreAnswered() throws IOException {
        List<GenericRequest> requests = IntStream.range(0, 500)
                .mapToObj(i -> lookup(i % 3 == 0 ? "nobody" + i : CONTROLLER))
                .toList();
        try (GenericRequests controller = GenericRequests.open(CONTROLLER)) {
            List<Refused> refused = controller.apply(requests);

            assertThat(refused)
                    .extracting(Refused::position)
                    .containsExactlyElementsOf(IntStream.range(0, 500)
                            .filter(i -> i % 3 == 0)
                            .boxed()
                            .toList());
            assertThat(refused).extracting(Refused::errno).containsOnly(Errno.ENOENT);
        }
    }

    @Test
    void tellsWhichFailedAlthoughTheKernelHadToDropAnswers() throws IOException {
        int requests = 100;
        AtomicInteger written = new AtomicInteger();
        // The answers to two requests fit, those to a hundred do not.
        NetlinkSocket narrow = NetlinkSocket.open(Netlink.NETLINK_GENERIC, 0, 16 * 1024);
        try (Exchange exchange = new Exchange(narrow, requests, GenericRequest.LARGEST_BYTES)) {
            List<Refused> refused = exchange.apply(requests, (writer, position, sequence) -> {
                written.incrementAndGet();
                lookup(position % 3 == 2 ? "nobody" : CONTROLLER).write(writer, Netlink.GENL_ID_CTRL, 0, sequence);
            });

            assertThat(written).as("written again one by one").hasValue(2 * requests);
            assertThat(refused)
                    .extracting(Refused::position)
                    .containsExactlyElementsOf(IntStream.range(0, requests)
                            .filter(position -> position % 3 == 2)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void writesAttributesAsTheKernelReadsThem() {
        GenericRequest request = new GenericRequest(
                1,
                1,
                attributes -> attributes.nested(3, inner -> inner.u8(1, 7)
                        .u16(2, 0x1234)
                        .u16BigEndian(4, 0x1234)
                        .u32(5, 1, 2)
                        .text(6, "rr")));

        assertThat(request.attributes())
                .inHexadecimal()
                .containsExactly(
                        0x30, 0, 3, 0x80, //
                        5, 0, 1, 0, 7, 0, 0, 0, //
                        6, 0, 2, 0, 0x34, 0x12, 0, 0, //
                        6, 0, 4, 0, 0x12, 0x34, 0, 0, //
                        12, 0, 5, 0, 1, 0, 0, 0, 2, 0, 0, 0, //
                        7, 0, 6, 0, 'r', 'r', 0, 0);
    }

    @Test
    void readsBackWhatItWrote() {
        Attributes read = Attributes.of(new GenericRequest(
                        1,
                        1,
                        attributes -> attributes.nested(3, inner -> inner.u8(1, 200)
                                .u16(2, 65_000)
                                .u16BigEndian(4, 65_000)
                                .u32(5, 4_000_000_000L, 1)
                                .text(6, "rr")
                                .bytes(7, new byte[] {1, 0, 0, 0, 0, 0, 0, 2})))
                .attributes());

        Attributes inner = read.nested(3);
        assertThat(inner.u8(1)).isEqualTo(200);
        assertThat(inner.u16(2)).isEqualTo(65_000);
        assertThat(inner.u16BigEndian(4)).isEqualTo(65_000);
        assertThat(inner.u32(5)).isEqualTo(4_000_000_000L);
        assertThat(inner.text(6)).isEqualTo("rr");
        assertThat(inner.u64(7)).isEqualTo(0x0200000000000001L);
        assertThat(inner.has(8)).isFalse();
        assertThat(inner.u64(8)).isZero();
        assertThat(read.nested(9).has(1)).isFalse();
        assertThat(read.has(1)).isFalse();
    }

    @Test
    void takesNothingFromAnAttributeThatIsShorterThanItSays() {
        assertThat(Attributes.of(new byte[] {9, 0, 1, 0, 1, 2, 3, 4}).has(1)).isFalse();
        assertThat(Attributes.of(new byte[] {3, 0, 1, 0, 1, 2, 3, 4}).has(1)).isFalse();
        assertThat(Attributes.of(new byte[] {6, 0, 1, 0, 1, 2, 0, 0}).u32(1)).isZero();
    }

    private static GenericRequest lookup(String family) {
        return new GenericRequest(
                Netlink.CTRL_CMD_GETFAMILY, 2, attributes -> attributes.text(Netlink.CTRL_ATTR_FAMILY_NAME, family));
    }
}
