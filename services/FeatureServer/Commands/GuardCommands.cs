using MlKit.Feast;

namespace MlKit.FeatureServer.Commands;

/// <summary>The skew check and the leak check.</summary>
internal static class GuardCommands
{
    public static async Task<int> SkewAsync(CommandContext context)
    {
        context.Expect("READS");
        var report = await context.Store.CheckSkewAsync(await LoggedReads.LoadAsync(context.Arguments[0], context.CancellationToken), context.CancellationToken);
        await context.Output.WriteLineAsync(report.ToString());
        return report.First is null ? 0 : 1;
    }

    public static async Task<int> LeakAsync(CommandContext context)
    {
        context.Expect("CLOCK", "ENTITIES");
        var features = context.List("--features") ?? throw new CommandException("--features view:feature,... is wanted");
        var entities = await context.Store.ReadFrameAsync(context.Arguments[1], context.CancellationToken);
        var report = await context.Store.CheckLeakAsync(entities, features, context.Time(0), context.CancellationToken);
        await context.Output.WriteLineAsync(report.ToString());
        return report.Leaks.Count == 0 ? 0 : 1;
    }
}
