using System.Diagnostics;
using MlKit.Inference;
using MlKit.Scorer.Configuration;
using MlKit.Scorer.Scheduling;
using MlKit.Scorer.Statistics;
using MlKit.Scorer.Tests.Support;
using MlKit.Tests;

namespace MlKit.Scorer.Tests;

/// <summary>Queues, batches, priorities and deadlines, with a model that stands still.</summary>
public sealed class SchedulerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Requests_that_wait_together_run_together_and_each_gets_its_own_rows()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "dynamic_batching { }");
        var first = First(scheduler, 1);
        await BegunAsync(backend, 1);
        Task<Tensor[]>[] rest = [Ask(scheduler, 2), Ask(scheduler, 3, rows: 2), Ask(scheduler, 4)];
        backend.LetRun(2);

        await AnswersAsync(first, 2f);
        await AnswersAsync(rest[0], 3f);
        await AnswersAsync(rest[1], 4f, 4f);
        await AnswersAsync(rest[2], 5f);
        Assert.Equal([2f, 3f, 4f], backend.Runs.Last());
        var totals = scheduler.Counters.Totals();
        Assert.Equal((4, 5, 2), (totals.Success, totals.Rows, totals.Runs));
    }

    [Fact]
    public async Task Without_dynamic_batching_every_request_runs_alone()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "");
        await RunAfterAsync(scheduler, backend, [1, 2, 3], runs: 4);
        Assert.Equal([0f, 1f, 2f, 3f], backend.Runs.Select(run => run.Single()));
    }

    [Fact]
    public async Task The_largest_preferred_size_goes_and_the_rest_waits_its_turn()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "dynamic_batching { preferred_batch_size: [ 2, 4 ] }");
        await RunAfterAsync(scheduler, backend, [1, 2, 3, 4, 5], runs: 3);
        Assert.Equal([[0f], [1f, 2f, 3f, 4f], [5f]], backend.Runs);
    }

    [Fact]
    public async Task Requests_of_other_shapes_or_parameters_do_not_share_a_run()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "dynamic_batching { }");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        Task<Tensor[]>[] rest =
        [
            Ask(scheduler, 1), Ask(scheduler, 2, width: 3), Ask(scheduler, 3), Ask(scheduler, 4, parameters: "own"), Ask(scheduler, 5, width: 3),
        ];
        backend.LetRun(10);
        await Task.WhenAll([first, .. rest]);
        Assert.Equal([[0f], [1f, 3f], [2f, 5f], [4f]], backend.Runs);
    }

    [Fact]
    public async Task A_batch_never_passes_the_maximum_and_no_request_is_split()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "dynamic_batching { }");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        Task<Tensor[]>[] rest = [Ask(scheduler, 1, rows: 5), Ask(scheduler, 2, rows: 4), Ask(scheduler, 3, rows: 4)];
        backend.LetRun(10);
        await Task.WhenAll([first, .. rest]);
        Assert.Equal([[0f], [1f], [2f, 3f]], backend.Runs);
    }

    [Fact]
    public async Task A_request_waits_for_company_no_longer_than_the_delay()
    {
        var backend = new FakeBackend();
        using var scheduler = Make(backend, "dynamic_batching { max_queue_delay_microseconds: 300000 }");
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Ask(scheduler, 1), Ask(scheduler, 2));
        Assert.Equal([1f, 2f], Assert.Single(backend.Runs));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.29, 10);
    }

    [Fact]
    public async Task A_full_batch_does_not_wait_for_the_delay()
    {
        var backend = new FakeBackend();
        using var scheduler = Make(backend, "dynamic_batching { max_queue_delay_microseconds: 60000000 preferred_batch_size: 3 }");
        await Task.WhenAll(Ask(scheduler, 1), Ask(scheduler, 2), Ask(scheduler, 3)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal([1f, 2f, 3f], Assert.Single(backend.Runs));
        await Ask(scheduler, 4, rows: 8).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Higher_priorities_are_served_first()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "dynamic_batching { priority_levels: 3 default_priority_level: 2 preferred_batch_size: 1 }");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        // One that the model does not have is the default.
        Task<Tensor[]>[] rest = [Ask(scheduler, 1, priority: 3), Ask(scheduler, 2), Ask(scheduler, 3, priority: 1), Ask(scheduler, 4, priority: 9)];
        backend.LetRun(10);
        await Task.WhenAll([first, .. rest]);
        Assert.Equal([3f, 2f, 4f, 1f], backend.Runs.SelectMany(run => run).Skip(1));
    }

    [Fact]
    public async Task A_request_that_waited_too_long_is_refused_and_others_go_on()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        var late = Ask(scheduler, 1, timeout: 20_000);
        var next = Ask(scheduler, 2);
        var error = await Assert.ThrowsAsync<InferenceException>(() => late);
        Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
        Assert.Contains("timeout has passed", error.Message);
        backend.LetRun(2);
        await Task.WhenAll(first, next);
        Assert.Equal([0f, 2f], backend.Runs.SelectMany(run => run));
    }

    [Fact]
    public async Task A_queue_that_delays_puts_late_requests_behind_the_others()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(
            backend, "dynamic_batching { preferred_batch_size: 1 default_queue_policy { timeout_action: DELAY allow_timeout_override: true } }");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        var late = Ask(scheduler, 1, timeout: 1000);
        var clock = Stopwatch.StartNew();
        await Eventually.True(() => Task.FromResult(clock.ElapsedMilliseconds > 50), Patience, "the timeout has passed");
        var next = Ask(scheduler, 2);
        backend.LetRun(3);
        await Task.WhenAll(first, late, next);
        Assert.Equal([0f, 2f, 1f], backend.Runs.SelectMany(run => run));
    }

    [Fact]
    public async Task A_full_queue_refuses_with_a_time_to_come_back()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "dynamic_batching { default_queue_policy { max_queue_size: 2 } }");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        Task<Tensor[]>[] rest = [Ask(scheduler, 1), Ask(scheduler, 2)];
        var error = await Assert.ThrowsAsync<InferenceException>(() => Ask(scheduler, 3));
        Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
        Assert.NotNull(error.RetryAfter);
        backend.LetRun(2);
        await Task.WhenAll([first, .. rest]);
    }

    [Fact]
    public async Task Giving_up_takes_a_waiting_request_out_of_the_queue()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        using var cancel = new CancellationTokenSource();
        var gone = Ask(scheduler, 1, caller: cancel);
        Assert.Equal(1, scheduler.Pending);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(0, scheduler.Pending);
        backend.LetRun();
        await first;
        Assert.Equal([0f], backend.Runs.SelectMany(run => run));
    }

    [Fact]
    public async Task A_request_that_the_model_refuses_does_not_spoil_those_beside_it()
    {
        var backend = new FakeBackend { IsHeld = true, Refused = 2 };
        using var scheduler = Make(backend, "dynamic_batching { }");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        Task<Tensor[]>[] rest = [Ask(scheduler, 1), Ask(scheduler, 2), Ask(scheduler, 3)];
        backend.LetRun(10);
        await first;
        await AnswersAsync(rest[0], 2f);
        Assert.Equal("refused", (await Assert.ThrowsAsync<InferenceException>(() => rest[1])).Message);
        await AnswersAsync(rest[2], 4f);
    }

    [Fact]
    public async Task A_model_whose_outputs_have_no_rows_runs_requests_one_by_one()
    {
        var backend = new FakeBackend { IsHeld = true, LosesRows = true };
        using var scheduler = Make(backend, "dynamic_batching { }");
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        Task<Tensor[]>[] rest = [Ask(scheduler, 1), Ask(scheduler, 2)];
        backend.LetRun(10);
        await first;
        await AnswersAsync(rest[0], 2f);
        await AnswersAsync(rest[1], 3f);
    }

    [Fact]
    public async Task Models_share_the_processors_by_the_time_that_they_computed()
    {
        var share = new ComputeShare(1);
        var (busy, quiet) = (new FakeBackend { IsHeld = true }, new FakeBackend { IsHeld = true });
        using var busyScheduler = Make(busy, "", share);
        using var quietScheduler = Make(quiet, "", share);
        var first = First(busyScheduler, 0);
        await BegunAsync(busy, 1);
        var flood = Enumerable.Range(1, 19).Select(i => Ask(busyScheduler, i)).ToArray();
        var one = Ask(quietScheduler, 100);
        Assert.Equal(0, quiet.Begun);

        busy.LetRun();
        await BegunAsync(quiet, 1);
        Assert.Equal(1, busy.Begun);
        quiet.LetRun();
        busy.LetRun(20);
        await Task.WhenAll([first, one, .. flood]);
    }

    [Fact]
    public async Task Instances_run_at_the_same_time()
    {
        var backend = new FakeBackend { IsHeld = true };
        using var scheduler = Make(backend, "instance_group { count: 3 }", new ComputeShare(8));
        var all = Enumerable.Range(0, 4).Select(i => Task.Run(() => Ask(scheduler, i))).ToArray();
        await BegunAsync(backend, 3);
        await Eventually.True(() => Task.FromResult(scheduler.Pending == 1), Patience, "the fourth waits");
        Assert.Equal(3, backend.Begun);
        backend.LetRun(4);
        await Task.WhenAll(all);
    }

    private static ModelScheduler Make(FakeBackend backend, string config, ComputeShare? share = null)
    {
        var settings = ModelSettings.Parse($"max_batch_size: 8 {config}");
        var complete = ConfigCompletion.Complete("fake", settings, backend.Signature, backend.Platform, true, 8);
        var admission = new Admission(new AdmissionRules(1000, 1000, long.MaxValue, false));
        return new ModelScheduler(
            backend, SchedulingRules.From(complete.Config, 1), share ?? new ComputeShare(1), admission, new ModelCounters(TimeProvider.System), TimeProvider.System);
    }

    /// <summary>A request that runs at once, on a thread of its own, so that the test goes on.</summary>
    private static Task<Tensor[]> First(ModelScheduler scheduler, float value) => Task.Run(() => Ask(scheduler, value));

    private static Task<Tensor[]> Ask(
        ModelScheduler scheduler, float value, int rows = 1, int width = 1, ulong priority = 0, ulong timeout = 0, string? parameters = null,
        CancellationTokenSource? caller = null)
    {
        var values = new float[rows * width];
        Array.Fill(values, value);
        var job = new InferenceJob([Tensor.Create<float>("x", values, rows, width)], [0], rows, caller?.Token ?? CancellationToken.None)
        {
            Arrived = Stopwatch.GetTimestamp(),
            Priority = priority,
            Timeout = SchedulingRules.Microseconds(timeout),
            Parameters = parameters,
        };
        try
        {
            return scheduler.RunAsync(job).AsTask();
        }
        catch (InferenceException error)
        {
            return Task.FromException<Tensor[]>(error);
        }
    }

    private static async Task RunAfterAsync(ModelScheduler scheduler, FakeBackend backend, float[] values, int runs)
    {
        var first = First(scheduler, 0);
        await BegunAsync(backend, 1);
        var rest = values.Select(value => Ask(scheduler, value)).ToArray();
        backend.LetRun(runs);
        await Task.WhenAll([first, .. rest]);
    }

    private static Task BegunAsync(FakeBackend backend, int runs) =>
        Eventually.True(() => Task.FromResult(Volatile.Read(ref backend.Begun) >= runs), Patience, $"{runs} runs have begun");

    private static async Task AnswersAsync(Task<Tensor[]> answer, params float[] expected) => Assert.Equal(expected, (await answer)[0].ToArray<float>());
}
