using System.Text;
using System.Text.Json;
using MlKit.Feast;
using MlKit.FeatureServer.Http;

namespace MlKit.FeatureServer.Commands;

/// <summary>Commands that move or read feature values.</summary>
internal static class DataCommands
{
    public static async Task<int> MaterializeAsync(CommandContext context)
    {
        context.Expect("START", "END");
        await context.Store.MaterializeAsync(
            context.Time(0), context.Time(1), context.List("--views"), new ProgressLines(context.Output), context.CancellationToken);
        return 0;
    }

    public static async Task<int> MaterializeIncrementalAsync(CommandContext context)
    {
        context.Expect("END");
        await context.Store.MaterializeIncrementalAsync(
            context.Time(0), context.List("--views"), new ProgressLines(context.Output), context.CancellationToken);
        return 0;
    }

    public static async Task<int> GetAsync(CommandContext context)
    {
        context.Expect();
        var entities = Entities(context);
        var answer = context.Option("--feature-service") is { } service
            ? await context.Store.GetOnlineFeaturesAsync(service, entities, context.FullFeatureNames, context.CancellationToken)
            : await context.Store.GetOnlineFeaturesAsync(
                context.List("--features") ?? throw new CommandException("--features view:feature,... or --feature-service NAME is wanted"),
                entities,
                context.FullFeatureNames,
                context.CancellationToken);
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer, OnlineFeaturesJson.Options))
        {
            OnlineFeaturesJson.Write(writer, answer, withVersions: false);
        }

        await context.Output.WriteLineAsync(Encoding.UTF8.GetString(buffer.ToArray()));
        return 0;
    }

    /// <summary><c>user_id=1,2;item_id=a,b</c>: one column per join key, the values as text.</summary>
    private static List<FeatureColumn> Entities(CommandContext context)
    {
        var text = context.Option("--entities") ?? throw new CommandException("--entities user_id=1,2 is wanted; several join keys are separated by ;");
        return [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2) is [var name, var values]
            ? new FeatureColumn(name.Trim(), values.Split(','))
            : throw new CommandException($"'{part}' is no NAME=VALUE,..."))];
    }

    /// <summary>One line per view that is done, and per 100,000 rows of one that is not.</summary>
    private sealed class ProgressLines(TextWriter output) : IProgress<MaterializationProgress>
    {
        private const long Step = 100_000;

        private long _next = Step;

        public void Report(MaterializationProgress value)
        {
            if (value.Done)
            {
                output.WriteLine($"{value.View}: {value.Written} of {value.Rows} rows written ({value.ViewsDone} of {value.Views} views done)");
                _next = Step;
            }
            else if (value.Rows >= _next)
            {
                output.WriteLine($"{value.View}: {value.Rows} rows so far");
                _next = value.Rows + Step;
            }
        }
    }
}
