using System.Diagnostics;
using MlKit.Inference;
using MlKit.Scorer.Models;
using MlKit.Scorer.Scheduling;
using MlKit.Scorer.Statistics;

namespace MlKit.Scorer.Inference;

/// <summary>Answers inference requests, whichever protocol they came by.</summary>
internal sealed class Inferencer(ModelCatalog catalog)
{
    private const string SharedMemory = "shared_memory_region";

    /// <summary>Lets a request in before its body is read. One version answers the whole request.</summary>
    /// <exception cref="InferenceException">There is no such model, or it cannot serve now.</exception>
    public async ValueTask<ModelTicket> EnterAsync(string name, string version, CancellationToken cancellationToken)
    {
        var lease = catalog.Acquire(name, version);
        try
        {
            await lease.Model.Scheduler.Admission.EnterAsync(cancellationToken);
            return new ModelTicket(lease.Model);
        }
        catch (Exception error)
        {
            lease.Model.Counters.Fail(ReasonOf(error), Stopwatch.GetTimestamp());
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Checks a request against the model and runs it.</summary>
    /// <exception cref="InferenceException">With the kind that the protocols translate.</exception>
    public async ValueTask<InferResponse> InferAsync(LoadedModel model, InferRequest request, CancellationToken cancellationToken)
    {
        var arrived = Stopwatch.GetTimestamp();
        try
        {
            var outputs = model.Signature.Select(model.Name, request.Outputs);
            CheckOutputs(request.Outputs);
            var answers = await model.Scheduler.RunAsync(Job(model, request, outputs, arrived, cancellationToken));
            Classify(model, request, answers);
            return new InferResponse { ModelName = model.Name, ModelVersion = model.Version, Id = request.Id, Outputs = answers };
        }
        catch (Exception error)
        {
            model.Counters.Fail(ReasonOf(error), arrived);
            throw;
        }
    }

    /// <summary>A raw request: the body is the only input, its shape follows from the model.</summary>
    public ValueTask<InferResponse> InferRawAsync(LoadedModel model, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        InferAsync(model, new InferRequest { Inputs = [RawInput.Read(model, data)] }, cancellationToken);

    private static InferenceJob Job(LoadedModel model, InferRequest request, int[] outputs, long arrived, CancellationToken cancellationToken)
    {
        var parameters = RequestParameters.Read(request.Parameters);
        var limit = model.Config.MaxBatchSize;
        var inputs = model.Signature.Bind(model.Name, request.Inputs, limit);
        return new InferenceJob(inputs, outputs, limit > 0 ? RowsOf(inputs) : 1, cancellationToken)
        {
            Arrived = arrived,
            Parameters = parameters.Own,
            Priority = parameters.Priority,
            Timeout = parameters.Timeout,
        };
    }

    private static int RowsOf(Tensor?[] inputs)
    {
        foreach (var input in inputs)
        {
            if (input is not null)
            {
                return (int)Math.Min(input.Shape[0], int.MaxValue);
            }
        }

        return 1;
    }

    /// <summary>A wrong number of classes is refused before the model runs, and so is an output that is wanted elsewhere than in the answer.</summary>
    private static void CheckOutputs(IReadOnlyList<RequestedOutput> outputs)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            Classification.Wanted(outputs[i]);
            if (outputs[i].Parameters.ContainsKey(SharedMemory))
            {
                throw new InferenceException(InferenceErrorKind.InvalidArgument, $"output '{outputs[i].Name}' has the parameter '{SharedMemory}'; shared memory is not implemented");
            }
        }
    }

    private static void Classify(LoadedModel model, InferRequest request, Tensor[] answers)
    {
        for (var i = 0; i < request.Outputs.Count; i++)
        {
            if (Classification.Wanted(request.Outputs[i]) is var count and > 0)
            {
                answers[i] = Classification.Apply(answers[i], count, model.Config.MaxBatchSize > 0, model.Labels.GetValueOrDefault(answers[i].Name, []));
            }
        }
    }

    private static FailureReason ReasonOf(Exception error) => error switch
    {
        OperationCanceledException => FailureReason.Canceled,
        InferenceException { Kind: InferenceErrorKind.Unavailable } => FailureReason.Rejected,
        InferenceException { Kind: InferenceErrorKind.Internal } => FailureReason.Backend,
        InferenceException => FailureReason.Other,
        _ => FailureReason.Backend,
    };
}
