using System.Diagnostics;
using MlKit.Inference;
using MlKit.Scorer.Scheduling;

namespace MlKit.Scorer.Tests;

public sealed class AdmissionTests
{
    private static readonly long Second = Stopwatch.Frequency;
    private static readonly long Target = Second / 20;

    [Fact]
    public async Task Above_the_limit_requests_are_refused_with_a_time_to_come_back()
    {
        var admission = new Admission(new AdmissionRules(2, 1, Target, false));
        await admission.EnterAsync(CancellationToken.None);
        await admission.EnterAsync(CancellationToken.None);
        var error = Assert.Throws<InferenceException>(() => { _ = admission.EnterAsync(CancellationToken.None); });
        Assert.Equal((InferenceErrorKind.Unavailable, 503), (error.Kind, error.HttpStatus));
        Assert.Equal(TimeSpan.FromSeconds(1), error.RetryAfter);
        admission.Leave();
        await admission.EnterAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Where_the_rules_say_so_requests_wait_outside_and_come_in_when_another_leaves()
    {
        var admission = new Admission(new AdmissionRules(1, 1, Target, true));
        await admission.EnterAsync(CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var gone = admission.EnterAsync(cancel.Token).AsTask();
        var second = admission.EnterAsync(CancellationToken.None).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.False(second.IsCompleted);
        admission.Leave();
        await second.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Under_overload_the_limit_falls_to_what_can_be_answered_in_time_and_rises_again_after_it()
    {
        var admission = new Admission(new AdmissionRules(1000, 10, Target, false));
        Assert.Equal(1000, admission.Limit);
        // 400 answers a second that all waited 1 s: with 50 ms of waiting, 20 of them are inside.
        var now = Observe(admission, Stopwatch.GetTimestamp() + Second, Second, answers: 400, seconds: 1);
        Assert.InRange(admission.Limit, 10, 40);

        Observe(admission, now, Target / 10, answers: 40_000, seconds: 100);
        Assert.Equal(1000, admission.Limit);
    }

    [Fact]
    public void A_short_burst_does_not_lower_the_limit()
    {
        var admission = new Admission(new AdmissionRules(1000, 10, Target, false));
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1000; i++)
        {
            // One in ten finds the queue empty: nobody waits for ever.
            now += Second / 400;
            admission.Observe(i % 10 == 0 ? 0 : Second, now);
        }

        Assert.Equal(1000, admission.Limit);
    }

    private static long Observe(Admission admission, long now, long waited, int answers, int seconds)
    {
        for (var i = 0; i < answers; i++)
        {
            now += Second * seconds / answers;
            admission.Observe(waited, now);
        }

        return now;
    }
}
