using MlKit.Tracking.Http;
using MlKit.Tracking.Search;

namespace MlKit.Tracking.LoggedModels;

/// <summary>
/// Restricts metric points to those measured on a data set. Without a digest it means points that were logged
/// without one: MLflow's server reads an absent digest as an empty one.
/// </summary>
internal sealed record DatasetRestriction(string Name, string Digest)
{
    public static IReadOnlyList<DatasetRestriction> Read(JsonFields[] fields) =>
        [.. fields.Select(field => new DatasetRestriction(
            field.RequiredText("dataset_name"), field.Text("dataset_digest") ?? ""))];

    /// <summary>The condition on the points, table <c>p</c>.</summary>
    public static string Write(SqlBuilder sql, IReadOnlyList<DatasetRestriction> datasets) => "("
        + string.Join(" OR ", datasets.Select(dataset =>
            $"(p.dataset_name = {sql.Argument(dataset.Name)} AND COALESCE(p.dataset_digest, '') = {sql.Argument(dataset.Digest)})"))
        + ")";
}
