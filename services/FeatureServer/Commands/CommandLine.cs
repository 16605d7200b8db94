using MlKit.Feast;

namespace MlKit.FeatureServer.Commands;

/// <summary>What a Feast user does on the command line, over the same settings as the server's.</summary>
internal static class CommandLine
{
    /// <summary>What <c>--help</c> prints about commands.</summary>
    public const string Help = """
        Commands (instead of serving):
          apply                        bring the registry to the definitions
          plan                         show what apply would change
          materialize START END        write the newest rows of a window to the online store
          materialize-incremental END  the same from where each view's last run ended
          get                          read online features: --features view:feature,... --entities user_id=1,2
          delete VIEW                  remove a view: its online rows and its definition; its files stay
          teardown                     remove all online rows of the project
          registry-dump                print the registry as JSON
          skew-check READS             replay logged online reads (a JSON lines file, see MLKIT__FEAST__READLOG)
                                       through the offline store; exit code 1 if a value differs
          leak-check CLOCK ENTITIES    repeat a join of entity rows (a Parquet file) with the clock moved back;
                                       --features as for get; exit code 1 if a row at or before it changed
        Options of commands:
          --repo FOLDER                read FOLDER/feature_store.yaml; settings above win over it (for the server, too)
          --definitions ASSEMBLY       a .dll with feature definitions (default: the reference application's)
          --views NAME,...             views to materialize (default: all that are online)
          --full-feature-names         call features view__feature
        Times are ISO 8601, UTC unless they say otherwise.

        """;

    private static readonly Dictionary<string, Func<CommandContext, Task<int>>> Commands = new(StringComparer.Ordinal)
    {
        ["apply"] = DefinitionCommands.ApplyAsync,
        ["plan"] = DefinitionCommands.PlanAsync,
        ["registry-dump"] = DefinitionCommands.DumpAsync,
        ["materialize"] = DataCommands.MaterializeAsync,
        ["materialize-incremental"] = DataCommands.MaterializeIncrementalAsync,
        ["get"] = DataCommands.GetAsync,
        ["delete"] = DefinitionCommands.DeleteAsync,
        ["teardown"] = DefinitionCommands.TeardownAsync,
        ["skew-check"] = GuardCommands.SkewAsync,
        ["leak-check"] = GuardCommands.LeakAsync,
    };

    /// <summary>Whether the first argument names a command.</summary>
    public static bool IsCommand(string[] args) => args.Length > 0 && !args[0].StartsWith('-');

    /// <summary>Runs the command.</summary>
    /// <returns>0: done; 1: a check failed, or an error; 2: the command line is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (!Commands.TryGetValue(args[0], out var command))
        {
            await errors.WriteLineAsync($"there is no command '{args[0]}'; the commands are {string.Join(", ", Commands.Keys)}");
            return 2;
        }

        try
        {
            await using var context = CommandContext.Create(args[1..], output, cancellationToken);
            return await command(context);
        }
        catch (CommandException error)
        {
            await errors.WriteLineAsync($"{args[0]}: {error.Message}");
            return 2;
        }
        catch (Exception error) when (error is FeastException or InvalidOperationException or IOException)
        {
            await errors.WriteLineAsync($"{args[0]}: {error.Message}");
            return 1;
        }
    }
}
