using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.State;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>
/// Starts projects halted: a hook of the .NET runtime waits for a debugger, or for the command that lets the project go on
/// without one, before the program's own code runs.
/// </summary>
internal static class DebuggerWait
{
    private const string HooksVariable = "DOTNET_STARTUP_HOOKS";
    private const string ReleaseVariable = "MLKIT_DEBUGGER_RELEASE";
    private const string CommandName = "continue";

    /// <summary>Adds the hook where the settings name the resource.</summary>
    public static void Apply(IResource resource, RunSettings settings, string instance, Dictionary<string, string> environment)
    {
        if (settings.Halted.Contains(resource.Name))
        {
            var hook = typeof(StartupHook).Assembly.Location;
            environment[HooksVariable] = environment.TryGetValue(HooksVariable, out var others) && others.Length > 0
                ? $"{hook}{Path.PathSeparator}{others}"
                : hook;
            var release = ReleaseFile(settings, instance);
            // It halts at each start anew.
            File.Delete(release);
            environment[ReleaseVariable] = release;
        }
    }

    /// <summary>Adds the command that lets the halted resource go on.</summary>
    public static void AddCommand(IResource resource, RunSettings settings)
    {
        if (settings.Halted.Contains(resource.Name))
        {
            // Instances have new ids at each start of the host: what an earlier one left means nothing.
            foreach (var old in Directory.EnumerateFiles(ReleaseFolder(settings), $"{resource.Name}*"))
            {
                File.Delete(old);
            }

            resource.Annotations.Add(new ResourceCommandAnnotation(
                CommandName,
                "Continue",
                context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
                context =>
                {
                    File.WriteAllText(ReleaseFile(settings, context.ResourceName), "");
                    return Task.FromResult(CommandResults.Success());
                },
                "Go on without waiting for a debugger",
                arguments: null,
                confirmationMessage: null,
                "Play",
                IconVariant.Regular,
                isHighlighted: false));
        }
    }

    private static string ReleaseFile(RunSettings settings, string instance) => Path.Combine(ReleaseFolder(settings), instance);

    private static string ReleaseFolder(RunSettings settings) =>
        Directory.CreateDirectory(Path.Combine(settings.StatePath, StateRoot.HostFolderName, "continue")).FullName;
}
