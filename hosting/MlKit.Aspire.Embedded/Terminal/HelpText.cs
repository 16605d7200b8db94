using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Terminal;

/// <summary>What <c>--help</c> prints: the switches of every AppHost, and the names that this one has for them.</summary>
internal static class HelpText
{
    /// <summary>Writes it.</summary>
    public static void Write(DistributedApplicationModel model, TextWriter writer)
    {
        var started = model.Resources.Where(Orchestrator.IsStarted).ToList();
        writer.WriteLine($"""
            Usage: dotnet run --project <AppHost> -- [switches] [--KEY VALUE ...]

            Without switches the application runs on this machine until Ctrl+C.

              --operation publish --step publish    write what a deployment needs
                --output-path DIR                   where to (default: aspire-output)
                --output-format FORMAT              helm, manifests or kustomize
              --operation publish --list-steps      what can be given as --step
              --publisher manifest                  write the JSON manifest; --output-path is its file
              --include-exception-details           show the whole exception of a failed publish

            Settings, as --KEY VALUE, in appsettings.json, or in the environment with __ for each colon:

              MlKit:RunMode Containers              the kit's integrations run in containers (default: Embedded)
              MlKit:StatePath DIR                   what outlives a run (default: .mlkit beside the AppHost)
              MlKit:Dashboard false                 no dashboard
              MlKit:Console false                   no lines about states
              MlKit:Ports:RESOURCE PORT             a fixed port: {Names(started.Where(r => r.Annotations.OfType<EndpointAnnotation>().Any()))}
              MlKit:WaitForDebugger PROJECT,...     start halted until a debugger is attached: {Names(started.Where(r => ProjectBuilds.ProjectOf(r) is not null))}
              MlKit:Watch PROJECT,...               build and start again after each edit: the same
              Parameters:NAME VALUE                 {Names(model.Resources.OfType<ParameterResource>())}
            """);
    }

    private static string Names(IEnumerable<IResource> resources) =>
        string.Join(", ", resources.Select(r => r.Name).Order(StringComparer.Ordinal)) is { Length: > 0 } names ? names : "(none)";
}
