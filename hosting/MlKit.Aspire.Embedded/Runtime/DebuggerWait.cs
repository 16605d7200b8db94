using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>Starts projects halted: a hook of the .NET runtime waits for a debugger before the program's own code runs.</summary>
internal static class DebuggerWait
{
    private const string HooksVariable = "DOTNET_STARTUP_HOOKS";

    /// <summary>Adds the hook where the settings name the resource.</summary>
    public static void Apply(IResource resource, RunSettings settings, Dictionary<string, string> environment)
    {
        if (settings.Halted.Contains(resource.Name))
        {
            var hook = typeof(StartupHook).Assembly.Location;
            environment[HooksVariable] = environment.TryGetValue(HooksVariable, out var others) && others.Length > 0
                ? $"{hook}{Path.PathSeparator}{others}"
                : hook;
        }
    }
}
