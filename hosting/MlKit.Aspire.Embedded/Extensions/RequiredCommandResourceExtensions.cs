using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Says which programs a resource needs on this machine.</summary>
public static class RequiredCommandResourceExtensions
{
    /// <summary>Says that a program must be found; where it is not, the log of the resource says so before it starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="command">A name to find in PATH, or a path.</param>
    /// <param name="helpLink">Where it is explained how to install it.</param>
    public static IResourceBuilder<T> WithRequiredCommand<T>(this IResourceBuilder<T> builder, string command, string? helpLink = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(command);
        return builder.WithAnnotation(new RequiredCommandAnnotation(command) { HelpLink = helpLink });
    }

    /// <summary>Says that a program must be found and be right.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="command">A name to find in PATH, or a path.</param>
    /// <param name="validationCallback">Looks at the program that was found, at its version for example.</param>
    /// <param name="helpLink">Where it is explained how to install it.</param>
    [Experimental("ASPIRECOMMAND001")]
    public static IResourceBuilder<T> WithRequiredCommand<T>(this IResourceBuilder<T> builder, string command, Func<RequiredCommandValidationContext, Task<RequiredCommandValidationResult>> validationCallback, string? helpLink = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(validationCallback);
        return builder.WithAnnotation(new RequiredCommandAnnotation(command) { HelpLink = helpLink, ValidationCallback = validationCallback });
    }
}
