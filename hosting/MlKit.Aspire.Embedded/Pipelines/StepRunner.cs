namespace Aspire.Hosting.Pipelines;

/// <summary>Runs steps as soon as what they depend on is done; the first failure ends the others.</summary>
internal static class StepRunner
{
    /// <exception cref="DistributedApplicationException">A step failed; the message names it.</exception>
    public static async Task RunAsync(StepGraph graph, IReadOnlyList<PipelineStep> steps, PipelineContext context)
    {
        var caller = context.CancellationToken;
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(caller);
        context.CancellationToken = failed.Token;
        var running = new Dictionary<string, Task>(StringComparer.Ordinal);
        StepFailure? first = null;

        // The order of the list lets every step find the tasks of those before it.
        foreach (var step in steps)
        {
            var before = graph.Before(step).Where(running.ContainsKey).Select(name => running[name]).ToList();
            running[step.Name] = RunOneAsync(step, before);
        }

        try
        {
            await Task.WhenAll(running.Values).ConfigureAwait(false);
        }
        catch (Exception) when (first is not null)
        {
            throw new DistributedApplicationException(
                $"The step '{first.Step}' failed: {first.Error.Message}",
                first.Error);
        }
        finally
        {
            context.CancellationToken = caller;
        }

        async Task RunOneAsync(PipelineStep step, List<Task> before)
        {
            await Task.WhenAll(before).ConfigureAwait(false);
            failed.Token.ThrowIfCancellationRequested();
            try
            {
                await RunStepAsync(step, context).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref first, new StepFailure(step.Name, error), null);
                await failed.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private static async Task RunStepAsync(PipelineStep step, PipelineContext context)
    {
        var report = new ConsoleReportingStep(step.Name);
        await using (report.ConfigureAwait(false))
        {
            var stepContext = new PipelineStepContext { PipelineContext = context, ReportingStep = report };
            await step.Action(stepContext).ConfigureAwait(false);
            foreach (var action in step.FinalActions)
            {
                await action(stepContext).ConfigureAwait(false);
            }
        }
    }

    private sealed record StepFailure(string Step, Exception Error);
}
