package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.spi.dataplane.Transport;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import org.junit.jupiter.api.Test;

@InNetworkNamespace
class ServerFarmTest {

    @Test
    void everyServerAnswersWithItsName() throws Exception {
        try (var farm = new ServerFarm()) {
            for (int number = 1; number <= ServerFarm.SERVERS; number++) {
                assertThat(farm.ask(Transport.TCP, ServerFarm.server(number), ServerFarm.PORT))
                        .isEqualTo(ServerFarm.name(number));
                assertThat(farm.ask(Transport.UDP, ServerFarm.server(number), ServerFarm.OTHER_PORT))
                        .isEqualTo(ServerFarm.name(number));
                assertThat(farm.ask(Transport.TCP, ServerFarm.server6(number), ServerFarm.OTHER_PORT))
                        .isEqualTo(ServerFarm.name(number));
                assertThat(farm.ask(
                                Transport.TCP, ServerFarm.clientAddress(7), ServerFarm.server(number), ServerFarm.PORT))
                        .isEqualTo(ServerFarm.name(number));
            }
        }
    }

    @Test
    void aConversationGoesOnUntilItIsCut() throws Exception {
        try (var farm = new ServerFarm();
                var conversation = farm.converse(ServerFarm.clientAddress(1), ServerFarm.server(2), ServerFarm.PORT)) {
            assertThat(conversation.server()).isEqualTo("s2");
            assertThat(conversation.goesOn()).isTrue();

            farm.atServer(2, () -> Command.line("ss -K sport = 8080"));

            assertThat(conversation.ends()).isTrue();
        }
    }

    @Test
    void whereNobodyListensTheClientIsRefused() throws Exception {
        try (var farm = new ServerFarm()) {
            assertThatThrownBy(() -> farm.ask(Transport.TCP, ServerFarm.virtual(1), 80))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> farm.ask(Transport.UDP, ServerFarm.virtual(1), 80))
                    .isInstanceOf(PortUnreachableException.class);
        }
    }
}
