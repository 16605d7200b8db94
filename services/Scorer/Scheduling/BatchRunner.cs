using System.Diagnostics;
using MlKit.Inference;
using MlKit.Scorer.Models;
using MlKit.Scorer.Statistics;

namespace MlKit.Scorer.Scheduling;

/// <summary>Runs a request, or several together, and hands out the answers.</summary>
/// <param name="backend">The model.</param>
/// <param name="counters">Where runs and answers are counted.</param>
/// <param name="admission">Learns how long requests waited.</param>
/// <param name="finished">Called with the ticks of a run as soon as the instance is free again.</param>
internal sealed class BatchRunner(IModelBackend backend, ModelCounters counters, Admission admission, Action<long> finished)
{
    /// <summary>Runs a request on the caller's thread.</summary>
    public Tensor[] RunAlone(InferenceJob job)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            return Compute(job);
        }
        finally
        {
            finished(Stopwatch.GetTimestamp() - began);
        }
    }

    /// <summary>Runs requests on another thread.</summary>
    public void Start(List<InferenceJob> jobs) =>
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Runner.Run(state.Jobs), (Runner: this, Jobs: jobs), preferLocal: false);

    private void Run(List<InferenceJob> jobs)
    {
        var began = Stopwatch.GetTimestamp();
        var answers = new object[jobs.Count];
        if (jobs.Count == 1 || !TryShared(jobs, answers))
        {
            for (var i = 0; i < answers.Length; i++)
            {
                answers[i] = Separately(jobs[i]);
            }
        }

        // The next run starts before the answers of this one are written.
        finished(Stopwatch.GetTimestamp() - began);
        for (var i = 1; i < answers.Length; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static pair => Hand(pair.Job, pair.Answer), (Job: jobs[i], Answer: answers[i]), preferLocal: false);
        }

        Hand(jobs[0], answers[0]);
    }

    private static void Hand(InferenceJob job, object answer)
    {
        if (answer is Tensor[] tensors)
        {
            job.Complete(tensors);
        }
        else
        {
            job.Fail((Exception)answer);
        }
    }

    /// <summary>One run for all; false where they must run one by one: one of them is refused, or the outputs have no rows.</summary>
    private bool TryShared(List<InferenceJob> jobs, object[] answers)
    {
        var rows = jobs.Sum(job => job.Rows);
        int[] wanted = [.. jobs.SelectMany(job => job.Outputs).Distinct()];
        RunTimes times = default;
        Tensor[] outputs;
        try
        {
            outputs = backend.Run(jobs.ConvertAll(job => job.Inputs), wanted, ref times, CancellationToken.None);
        }
        catch (InferenceException)
        {
            return false;
        }

        if (!Array.TrueForAll(outputs, output => BatchTensors.HasRows(output, rows)))
        {
            return false;
        }

        counters.Ran(rows, times);
        var first = 0;
        for (var i = 0; i < answers.Length; i++)
        {
            var job = jobs[i];
            var start = first;
            answers[i] = Array.ConvertAll(job.Outputs, output => BatchTensors.Slice(outputs[Array.IndexOf(wanted, output)], start, job.Rows));
            Answered(job, times);
            first += job.Rows;
        }

        return true;
    }

    private object Separately(InferenceJob job)
    {
        try
        {
            return Compute(job);
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private Tensor[] Compute(InferenceJob job)
    {
        job.CancellationToken.ThrowIfCancellationRequested();
        RunTimes times = default;
        var outputs = backend.Run([job.Inputs], job.Outputs, ref times, job.CancellationToken);
        counters.Ran(job.Rows, times);
        Answered(job, times);
        return outputs;
    }

    private void Answered(InferenceJob job, in RunTimes times)
    {
        counters.Succeed(job.Rows, job.Arrived, times);
        admission.Observe(times.Started - job.Arrived, times.OutputDone);
    }
}
