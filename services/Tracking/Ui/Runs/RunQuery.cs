using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>Which runs a table shows, and in what order.</summary>
/// <param name="Experiments">Where to look.</param>
/// <param name="Filter">MLflow's filter grammar; null for all.</param>
/// <param name="Order">One term, for example <c>metrics.`loss` ASC</c>.</param>
/// <param name="View">Active or deleted ones.</param>
public sealed record RunQuery(IReadOnlyList<string> Experiments, string? Filter, string Order, ViewType View)
{
    /// <summary>The order where none is asked for.</summary>
    public const string Newest = "attributes.start_time DESC";

    /// <summary>One page.</summary>
    public Task<Page<Run>> PageAsync(MlflowClient client, int size, string? token, CancellationToken cancellationToken) =>
        client.SearchRunsAsync(Experiments, Filter, [Order], size, token, View, cancellationToken);
}
