package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What the table's thread is asked for. */
sealed interface Order {

    record Put(List<Desired> services) implements Order {}

    record Remove(Set<ServiceKey> services) implements Order {}

    record Settle() implements Order {}

    record Adjust(Options options) implements Order {}

    record Ask(CompletableFuture<List<ServiceFigures>> answer) implements Order {}

    record Close() implements Order {}
}
