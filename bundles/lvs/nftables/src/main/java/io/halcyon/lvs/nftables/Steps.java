package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * Orders that must not become one change although they wait together: a service that is taken away and put again would not be made
 * anew, and one whose connections end with one order and are kept with the next would keep them. Pure.
 */
final class Steps {

    private Steps() {}

    /** How many orders, from the first one on, can be one change. */
    static int first(List<Order> orders) {
        var lastWords = new HashSet<ServiceKey>();
        for (int position = 0; position < orders.size(); position++) {
            if (keys(orders.get(position)).stream().anyMatch(lastWords::contains)) {
                return position;
            }
            note(orders.get(position), lastWords);
        }
        return orders.size();
    }

    private static Collection<ServiceKey> keys(Order order) {
        if (order instanceof Order.Put put) {
            return put.services().stream()
                    .map(desired -> desired.service().key())
                    .toList();
        }
        return order instanceof Order.Remove remove ? remove.services() : List.of();
    }

    private static void note(Order order, Collection<ServiceKey> lastWords) {
        if (order instanceof Order.Remove remove) {
            lastWords.addAll(remove.services());
        } else if (order instanceof Order.Put put) {
            put.services().stream()
                    .filter(desired -> desired.leaving() == Desired.Leaving.END)
                    .forEach(desired -> lastWords.add(desired.service().key()));
        }
    }
}
