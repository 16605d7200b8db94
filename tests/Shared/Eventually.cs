using System.Diagnostics;

namespace MlKit.Tests;

/// <summary>Polls a condition with a deadline, so that no test waits by the clock.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns the first non-null answer of <paramref name="probe"/>, or fails after <paramref name="deadline"/>.</summary>
    public static async Task<T> NotNull<T>(Func<Task<T?>> probe, TimeSpan deadline, string what)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        do
        {
            if (await probe() is { } answer)
            {
                return answer;
            }
        }
        while (clock.Elapsed < deadline && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken));

        throw new Xunit.Sdk.XunitException($"not within {deadline.TotalSeconds:0.#} s: {what}");
    }

    /// <summary>Waits until <paramref name="condition"/> holds, or fails after <paramref name="deadline"/>.</summary>
    public static Task True(Func<Task<bool>> condition, TimeSpan deadline, string what) =>
        NotNull(async () => await condition() ? "yes" : null, deadline, what);
}
