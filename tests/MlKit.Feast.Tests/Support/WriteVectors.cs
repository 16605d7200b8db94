using System.Text.Json;
using MlKit.Feast;
using MlKit.Feast.Protos.Core;

namespace MlKit.Tests;

/// <summary>The views and the commands of <c>redis_write.json</c> and <c>redis_read.json</c>.</summary>
internal static class WriteVectors
{
    /// <summary>The project that the vectors were recorded in.</summary>
    public const string Project = "driver_ranking";

    /// <summary>The views of redis_write.json as a registry holds them.</summary>
    public static ProjectCatalog Catalog()
    {
        var registry = new MlKit.Feast.Protos.Core.Registry();
        foreach (var view in Vectors.Load("redis_write").GetProperty("feature_views").EnumerateArray())
        {
            registry.FeatureViews.Add(new Feast.Protos.Core.FeatureView
            {
                Spec = new FeatureViewSpec
                {
                    Name = view.Text("name"),
                    Project = Project,
                    EntityColumns = { view.Texts("join_keys").Select(key => new FeatureSpecV2 { Name = key }) },
                    Features =
                    {
                        view.GetProperty("features").EnumerateObject().Select(feature => new FeatureSpecV2
                        {
                            Name = feature.Name,
                            ValueType = Enum.Parse<Feast.Protos.Types.ValueType.Types.Enum>(feature.Value.GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
                        }),
                    },
                },
            });
        }

        return new ProjectCatalog(registry, Project);
    }

    /// <summary>The commands of all pipelines of a case, in order.</summary>
    public static IEnumerable<(string Command, string[] Arguments)> Expected(JsonElement step) =>
        step.GetProperty("pipelines").EnumerateArray().SelectMany(pipeline => pipeline.EnumerateArray())
            .Select(command => (command.Text("command"), command.Texts("args_hex")));

    /// <summary>One line per command: its name and its arguments in hex.</summary>
    public static string Lines(IEnumerable<(string Command, string[] Arguments)> commands) =>
        string.Join('\n', commands.Select(command => $"{command.Command} {string.Join(' ', command.Arguments)}"));
}
