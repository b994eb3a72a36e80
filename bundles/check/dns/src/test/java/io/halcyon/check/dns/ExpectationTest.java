package io.halcyon.check.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ExpectationTest {

    @Test
    void anAliasMayComeBehindWhatItStandsFor() throws Exception {
        Name www = Name.fromString("www.example.org.");
        Name host = Name.fromString("host.example.org.");
        var address = new ARecord(host, DClass.IN, 60, InetAddress.getByAddress(new byte[] {10, 0, 0, 1}));
        var answer = new Message();
        answer.addRecord(address, Section.ANSWER);
        answer.addRecord(new CNAMERecord(www, DClass.IN, 60, host), Section.ANSWER);
        answer.addRecord(new CNAMERecord(host, DClass.IN, 60, www), Section.ANSWER);

        assertThat(Expectation.records(new Question(www, Type.A, DClass.IN, true), answer))
                .containsExactly(address);
    }
}
