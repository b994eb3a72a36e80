package io.halcyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MembersTest {

    @Test
    void commasAndLineEndsSeparate() throws NotAllowed {
        assertThat(Members.split(" a , b\nc d\r\n,, e,")).containsExactly("a", "b", "c d", "e");
        assertThat(Members.split("  ")).isEmpty();
    }

    @Test
    void quotesProtectAndAreTakenOffAWholeMember() throws NotAllowed {
        assertThat(Members.split("\"a, b\", 'c\nd', e")).containsExactly("a, b", "c\nd", "e");
        assertThat(Members.split("\"say \"\"yes, now\"\"\"")).containsExactly("say \"yes, now\"");
    }

    @Test
    void quotesAroundAPartBelongToTheMember() throws NotAllowed {
        assertThat(Members.split("10.0.0.1/24 label \"eth0:1,2\", 10.0.0.2"))
                .containsExactly("10.0.0.1/24 label \"eth0:1,2\"", "10.0.0.2");
        assertThat(Members.split("\"a\" and \"b\"")).containsExactly("\"a\" and \"b\"");
    }

    @Test
    void aQuoteInsideAWordIsALetter() throws NotAllowed {
        assertThat(Members.split("it's, fine")).containsExactly("it's", "fine");
    }

    @Test
    void anOpenQuoteIsRefused() {
        assertThatThrownBy(() -> Members.split("a, \"b")).isInstanceOf(NotAllowed.class);
    }

    @Test
    void whatIsJoinedCanBeSplitAgain() throws NotAllowed {
        var random = new Random(7);
        String letters = "ab ,\n\"'";
        for (int round = 0; round < 5_000; round++) {
            List<String> members = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                StringBuilder member = new StringBuilder("x");
                for (int j = random.nextInt(6); j > 0; j--) {
                    member.insert(random.nextInt(2) * member.length(), letters.charAt(random.nextInt(7)));
                }
                members.add(member.toString());
            }

            assertThat(Members.split(Members.join(members)))
                    .as(Members.join(members))
                    .isEqualTo(members);
        }
    }
}
