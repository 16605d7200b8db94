using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>Says in the log of a resource what is wrong with the programs that it needs; the start itself goes on.</summary>
internal sealed class RequiredCommands(IServiceProvider services)
{
    /// <summary>Looks at each program that the resource names.</summary>
    public async Task CheckAsync(IResource resource, ILogger log, CancellationToken cancellationToken)
    {
        foreach (var required in resource.Annotations.OfType<RequiredCommandAnnotation>())
        {
            if (await ProblemAsync(resource, required, cancellationToken) is { } problem)
            {
                RunLog.RequiredCommand(log, required.HelpLink is null ? problem : $"{problem}. See {required.HelpLink}");
            }
        }
    }

    private async Task<string?> ProblemAsync(IResource resource, RequiredCommandAnnotation required, CancellationToken cancellationToken)
    {
        string path;
        try
        {
            path = ProgramPath.Resolve(new ChildStart(resource.Name, required.Command, [], Environment.CurrentDirectory, ChildEnvironment.Inherited()));
        }
        catch (ProcessStartException)
        {
            return $"Required command '{required.Command}' was not found. It may need to be installed";
        }

        return required.ValidationCallback is { } validate
            && await validate(new RequiredCommandValidationContext(path, services, cancellationToken)) is { IsValid: false } result
            ? $"Required command '{required.Command}' ({path}) cannot be used: {result.ValidationMessage}"
            : null;
    }
}
