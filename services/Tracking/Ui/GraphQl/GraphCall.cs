using System.Text.Json;
using GraphQLParser.AST;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Registry;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Ui.GraphQl;

/// <summary>A run with what GraphQL hangs on it beside the run itself.</summary>
internal sealed record GraphRun(RunMessage Run, ExperimentMessage Experiment, IReadOnlyList<ModelVersionMessage> Versions);

/// <summary>One field of the root: its arguments, and the data that it is answered from.</summary>
internal sealed class GraphCall(SqlSession session, GraphQLField field, JsonElement variables)
{
    public ExperimentMessage Experiment()
    {
        var id = Argument("input", "experimentId");
        var experiment = ExperimentStore.Find(session, id) ?? throw ApiException.Missing($"No Experiment with id={id} exists");
        return experiment.ToMessage(ExperimentStore.Tags(session, experiment.Id));
    }

    public GraphRun Run()
    {
        var id = Argument("data", "runId") is { Length: > 0 } given ? given : Argument("input", "runId");
        var run = RunStore.Find(session, id) ?? throw ApiException.Missing($"Run with id={id} not found");
        var message = RunReader.ToMessage(session, run);
        var experiment = ExperimentStore.Require(session, message.Info.ExperimentId);
        var versions = session.Query(
            $"SELECT {ModelVersion.Columns} FROM {ModelVersion.Tables} WHERE v.deleted = 0 AND v.run_id = $1 "
            + "ORDER BY v.last_update_time DESC, m.name, v.version DESC",
            ModelVersion.Read, id);
        return new GraphRun(
            message, experiment.ToMessage(ExperimentStore.Tags(session, experiment.Id)),
            [.. versions.Select(version => ModelVersionStore.ToMessage(session, version))]);
    }

    /// <summary>A member of the one object that the field takes, given in place or as variable; empty where absent.</summary>
    private string Argument(string variable, string member)
    {
        var value = field.Arguments?.Items.FirstOrDefault()?.Value;
        return value switch
        {
            GraphQLVariable named => Text(Member(Member(variables, named.Name.StringValue), member)),
            GraphQLObjectValue inline => Literal(inline.Fields?.FirstOrDefault(item => item.Name.StringValue == member)?.Value),
            _ => Text(Member(Member(variables, variable), member)),
        };
    }

    private string Literal(GraphQLValue? value) => value switch
    {
        GraphQLStringValue text => text.Value.ToString(),
        GraphQLIntValue number => number.Value.ToString(),
        GraphQLVariable named => Text(Member(variables, named.Name.StringValue)),
        _ => "",
    };

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) ? member : default;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };
}
