using MlKit.Inference;
using MlKit.Inference.Grpc.Messages;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Statistics;

/// <summary>The statistics extension, for REST and gRPC.</summary>
internal static class StatisticsReport
{
    /// <param name="catalog">The models.</param>
    /// <param name="name">Name of a model; empty: all.</param>
    /// <param name="version">Version; empty: all.</param>
    /// <exception cref="InferenceException">NotFound: there is no such model or version.</exception>
    public static ModelStatisticsResponse Make(ModelCatalog catalog, string name, string version)
    {
        var response = new ModelStatisticsResponse();
        if (version.Length > 0)
        {
            using var lease = catalog.Acquire(name, version);
            response.ModelStats.Add(lease.Model.Counters.ToMessage(lease.Model));
            return response;
        }

        var entries = name.Length == 0 ? catalog.Entries : [catalog.Find(name)];
        response.ModelStats.AddRange(entries.SelectMany(entry => entry.Versions.Values).Select(model => model.Counters.ToMessage(model)));
        return response;
    }
}
