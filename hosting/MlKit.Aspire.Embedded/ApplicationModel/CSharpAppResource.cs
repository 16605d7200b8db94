using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A C# source file that runs as a program, in the form of Aspire before 17.0 (<c>AddCSharpApp</c>).</summary>
/// <param name="name">The name.</param>
[Experimental("ASPIRECSHARPAPPS001")]
public class CSharpAppResource(string name) : ProjectResource(name);
