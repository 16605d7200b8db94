using System.Text.Json;
using Google.Protobuf;

namespace MlKit.FeatureServer.Commands;

/// <summary>Commands about the registry.</summary>
internal static class DefinitionCommands
{
    public static async Task<int> ApplyAsync(CommandContext context)
    {
        context.Expect();
        var changes = await context.Store.ApplyAsync(context.Definitions(), context.CancellationToken);
        await ShowAsync(context, changes, "changed", "The registry says all of this already");
        return 0;
    }

    public static async Task<int> PlanAsync(CommandContext context)
    {
        context.Expect();
        var changes = context.Store.Plan(context.Definitions());
        await ShowAsync(context, changes, "would change", "Nothing would change");
        return 0;
    }

    public static async Task<int> DeleteAsync(CommandContext context)
    {
        context.Expect("VIEW");
        var rows = await context.Store.DeleteViewAsync(context.Arguments[0], context.CancellationToken);
        await context.Output.WriteLineAsync($"Deleted feature view {context.Arguments[0]} of project {context.Store.Project} and {rows} online rows.");
        return 0;
    }

    public static async Task<int> TeardownAsync(CommandContext context)
    {
        context.Expect();
        var entities = await context.Store.TeardownOnlineAsync(context.CancellationToken);
        await context.Output.WriteLineAsync($"Deleted the online rows of {entities} entities of project {context.Store.Project}.");
        return 0;
    }

    public static async Task<int> DumpAsync(CommandContext context)
    {
        context.Expect();
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
        using var document = JsonDocument.Parse(formatter.Format(context.Store.Registry.Load()));
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(writer);
        }

        await context.Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
        return 0;
    }

    private static async Task ShowAsync(CommandContext context, IReadOnlyList<string> changes, string verb, string nothing)
    {
        if (changes.Count == 0)
        {
            await context.Output.WriteLineAsync($"{nothing} ({context.Store.Registry.Path}).");
            return;
        }

        await context.Output.WriteLineAsync($"In project {context.Store.Project} of {context.Store.Registry.Path} {verb}:");
        foreach (var change in changes)
        {
            await context.Output.WriteLineAsync($"  {change}");
        }
    }
}
