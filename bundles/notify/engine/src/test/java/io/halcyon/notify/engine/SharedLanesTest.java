package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedLanesTest {

    private final SharedLanes lanes = new SharedLanes();
    private final CountDownLatch jam = new CountDownLatch(1);

    @AfterEach
    void stop() {
        jam.countDown();
        lanes.close();
    }

    @Test
    void workOfOneLaneKeepsItsOrderHoweverManyThereAre() throws Exception {
        int all = 100;
        var order = IntStream.range(0, 50).boxed().toList();
        var done = new ArrayList<List<Integer>>();
        for (int n = 0; n < all; n++) {
            var own = new CopyOnWriteArrayList<Integer>();
            done.add(own);
            var lane = lanes.lane();
            order.forEach(each -> lane.execute(() -> own.add(each)));
        }

        Await.until("all is done", () -> done.stream().allMatch(own -> own.size() == order.size()));
        assertThat(done).allMatch(order::equals);
    }

    @Test
    void whatIsNextDoesNotWaitForThreadsThatOthersHave() throws Exception {
        jam();
        var lane = lanes.lane();
        var done = new CopyOnWriteArrayList<String>();
        lane.execute(() -> done.add("waits"));

        lane.next(() -> done.add("next")).get(5, TimeUnit.SECONDS);

        assertThat(done).containsExactly("next");
        jam.countDown();
        Await.until("the rest is done", () -> done.size() == 2);
    }

    @Test
    void whatIsNextWaitsForWhatIsBeingDone() throws Exception {
        var lane = lanes.lane();
        var begun = new CountDownLatch(1);
        lane.execute(() -> {
            begun.countDown();
            awaitTheEndOfTheJam();
        });
        begun.await();
        var done = new CopyOnWriteArrayList<String>();
        lane.execute(() -> done.add("waits"));
        var next = lane.next(() -> done.add("next"));

        assertThat(next).isNotDone();
        jam.countDown();
        next.get(5, TimeUnit.SECONDS);
        Await.until("all is done", () -> done.size() == 2);
        assertThat(done).containsExactly("next", "waits");
    }

    @Test
    void whatThrowsHoldsUpNothing() throws Exception {
        var lane = lanes.lane();
        lane.execute(() -> {
            throw new IllegalStateException("broken");
        });

        assertThat(lane.submit(() -> "goes on").get(5, TimeUnit.SECONDS)).isEqualTo("goes on");
    }

    @Test
    void afterItsEndNothingIsDone() throws Exception {
        jam();
        var lane = lanes.lane();
        var done = new CopyOnWriteArrayList<String>();
        lane.execute(() -> done.add("waited"));
        lane.end();
        lane.execute(() -> done.add("late"));
        assertThat(lane.schedule(() -> done.add("later"), 1)).isNotNull();
        jam.countDown();

        lanes.lane().submit(() -> true).get(5, TimeUnit.SECONDS);
        assertThat(done).isEmpty();
    }

    /** All threads have something to do. */
    private void jam() {
        var begun = new Semaphore(0);
        for (int n = 0; n < SharedLanes.THREADS; n++) {
            lanes.lane().execute(() -> {
                begun.release();
                awaitTheEndOfTheJam();
            });
        }
        begun.acquireUninterruptibly(SharedLanes.THREADS);
    }

    private void awaitTheEndOfTheJam() {
        try {
            jam.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
