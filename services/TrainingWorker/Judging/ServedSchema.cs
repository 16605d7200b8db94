using MlKit.Feast;
using MlKit.Features;

namespace MlKit.TrainingWorker.Judging;

/// <summary>The columns that serving can fill, as the registry stands: its views give the features, each of the type that was declared.</summary>
/// <param name="Hash">Hash of the model's columns without those that cannot be filled.</param>
/// <param name="Faults">What cannot be filled and why, in words.</param>
internal sealed record ServedSchema(string Hash, IReadOnlyList<string> Faults)
{
    /// <param name="columns">Columns of the ranking model.</param>
    /// <param name="registry">What the registry declares now.</param>
    public static ServedSchema Of(IReadOnlyList<string> columns, ProjectCatalog registry)
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        bool CanBeFilled(string column)
        {
            string[] missing = [.. RankingSources.Of(column).Select(source => Fault(source, registry)).OfType<string>()];
            faults.UnionWith(missing.Select(fault => $"column {column}: {fault}"));
            return missing.Length == 0;
        }

        var filled = columns.Where(CanBeFilled).ToArray();
        return new ServedSchema(RankingSchema.Parse(string.Join(',', filled)).Hash, [.. faults]);
    }

    private static string? Fault(string source, ProjectCatalog registry)
    {
        var (view, feature) = (source.Split(':')[0], source.Split(':')[1]);
        var declared = RecommenderFeatures.Definitions.Views.Single(one => one.Name == view).Schema.Single(field => field.Name == feature);
        return registry.FindView(view)?.FindFeature(feature) is not { } found ? $"the registry has no feature {source}"
            : found.Type != declared.Type ? $"{source} is {found.Type} in the registry, not {declared.Type}"
            : null;
    }
}
